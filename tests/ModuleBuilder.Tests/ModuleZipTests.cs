using System.IO.Compression;

namespace ChatPS.ModuleBuilder.Tests;

public sealed class ModuleZipTests : IDisposable
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly TemporaryFolder _folder = new();

    private byte[] Write(string name)
    {
        var zip = Path.Combine(_folder.Path, name);
        ModuleZip.Write(Path.Combine(_folder.Path, "module"), "ChatPS/1.0.0", Time, zip);
        return File.ReadAllBytes(zip);
    }

    [Fact]
    public void Write_Folder_LiesBelowTheRoot()
    {
        _folder.Write("module/b/c.txt", "c");
        _folder.Write("module/a.txt", "a");

        using var zip = new ZipArchive(new MemoryStream(Write("one.zip")));

        Assert.Equal(["ChatPS/1.0.0/a.txt", "ChatPS/1.0.0/b/c.txt"], zip.Entries.Select(entry => entry.FullName));
        using var content = new StreamReader(zip.Entries[1].Open());
        Assert.Equal("c", content.ReadToEnd());
    }

    [Fact]
    public void Write_SameFilesWrittenLater_GivesTheSameBytes()
    {
        var file = _folder.Write("module/a.txt", "a");
        var first = Write("one.zip");
        File.SetLastWriteTimeUtc(file, Time.UtcDateTime.AddDays(1));

        Assert.Equal(first, Write("two.zip"));
    }

    public void Dispose() => _folder.Dispose();
}
