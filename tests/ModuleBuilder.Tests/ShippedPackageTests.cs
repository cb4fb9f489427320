namespace ChatPS.ModuleBuilder.Tests;

public sealed class ShippedPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ShippedPackage Read(string metadata)
    {
        _folder.Write("sample.nuspec", $"""<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>Sample</id><version>1.2.0</version><authors>Ann, Bob</authors>{metadata}</metadata></package>""");
        return ShippedPackage.Read(_folder.Path);
    }

    [Fact]
    public void Read_Nuspec_TakesWhatANoticeNeeds()
    {
        var package = Read("""<license type="expression">MIT</license><licenseUrl>https://licenses.nuget.org/MIT</licenseUrl><projectUrl>https://example.com/sample</projectUrl><copyright>(c) Ann</copyright>""");

        Assert.Equal(new ShippedPackage("Sample", "1.2.0") { Licence = "MIT", Copyright = "(c) Ann", Project = "https://example.com/sample" }, package);
        Assert.Equal("Sample 1.2.0", package.ToString());
    }

    [Theory]
    [InlineData("<licenseUrl>https://github.com/dotnet/corefx/blob/master/LICENSE.TXT</licenseUrl>", "MIT")]
    [InlineData("<licenseUrl>http://go.microsoft.com/fwlink/?LinkId=329770</licenseUrl>", "Microsoft .NET Library License")]
    [InlineData("<licenseUrl>https://example.com/terms</licenseUrl>", "https://example.com/terms")]
    [InlineData("""<license type="file">terms.txt</license><licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>""", "file terms.txt")]
    [InlineData("", "")]
    public void Read_LicenceThatIsNoExpression_IsKnownByItsAddressAlone(string metadata, string licence)
    {
        Assert.Equal(licence, Read(metadata).Licence);
    }

    [Fact]
    public void Read_NoCopyright_NamesTheAuthors()
    {
        Assert.Equal("Copyright (c) Ann, Bob", Read("").Copyright);
    }

    [Theory]
    [InlineData("LICENSE")]
    [InlineData("license.md")]
    [InlineData("LICENSE/LICENSE")]
    [InlineData("dotnet_library_license.txt")]
    public void Read_LicenceFile_IsItsText(string name)
    {
        _folder.Write(name, "Do what\r\nyou like.\r\n");
        _folder.Write("THIRD-PARTY-NOTICES.TXT", "Cat helped.\n");

        var package = Read("");

        Assert.Equal("Do what\nyou like.", package.LicenceText);
        Assert.Equal("Cat helped.", package.Notices);
    }

    public void Dispose() => _folder.Dispose();
}
