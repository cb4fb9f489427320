namespace ChatPS.ModuleBuilder.Tests;

public class LicenceNoticeTests
{
    private static ShippedPackage Package(string id, string licence = "MIT", string text = "", string notices = "") =>
        new(id, "1.0.0") { Licence = licence, Copyright = "(c) Ann", Project = $"https://example.com/{id}", LicenceText = text, Notices = notices };

    [Theory]
    [InlineData("MIT")]
    [InlineData("BSD-3-Clause")]
    [InlineData("Apache-2.0")]
    [InlineData("Microsoft .NET Library License")]
    public void Check_PermittedLicence_FindsNothing(string licence)
    {
        Assert.Empty(LicenceNotice.Check(Package("Sample", licence, "Do."), "sample"));
    }

    [Theory]
    [InlineData("AGPL-3.0-only")]
    [InlineData("MIT OR GPL-2.0-only")]
    [InlineData("https://example.com/terms")]
    [InlineData("")]
    public void Check_AnyOtherLicence_NamesThePackage(string licence)
    {
        var error = Assert.Single(LicenceNotice.Check(Package("Sample", licence, "Do."), "sample"));

        Assert.StartsWith($"sample(1): error NOTICE001: Sample 1.0.0 is under the licence '{licence}'.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NoText_IsEnoughForMitAlone()
    {
        Assert.Empty(LicenceNotice.Check(Package("Sample"), "sample"));
        Assert.Equal("NOTICE002", Assert.Single(LicenceNotice.Check(Package("Sample", "BSD-3-Clause"), "sample")).Code);
    }

    [Fact]
    public void Format_Packages_AreListedByNameWithWhatTheySay()
    {
        var notice = LicenceNotice.Format([Package("Zoo"), Package("ant", "BSD-3-Clause", "Do.")]);

        Assert.Contains(
            """
            ant 1.0.0
              Licence:   BSD-3-Clause
              Copyright: (c) Ann
              Project:   https://example.com/ant

            Zoo 1.0.0

            """.ReplaceLineEndings("\n"), notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_TextThatSeveralShare_IsThereOnce()
    {
        var notice = LicenceNotice.Format([Package("A"), Package("B"), Package("C", text: "Do.", notices: "Cat helped."), Package("D", text: "Do.", notices: "Cat helped.")]);

        Assert.Equal(2, notice.Split("Permission is hereby granted").Length);
        Assert.Contains("Licence of\n  A 1.0.0\n  B 1.0.0\n\nMIT License\n\n(c) Ann\n\nPermission", notice, StringComparison.Ordinal);
        Assert.Contains("Licence of\n  C 1.0.0\n  D 1.0.0\n\nDo.\n\n", notice, StringComparison.Ordinal);
        Assert.EndsWith("Notices in\n  C 1.0.0\n  D 1.0.0\n\nCat helped.\n\n", notice, StringComparison.Ordinal);
    }
}
