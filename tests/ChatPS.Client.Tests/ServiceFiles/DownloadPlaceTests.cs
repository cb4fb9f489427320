using ChatPS.Client.Faults;
using ChatPS.Client.ServiceFiles;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.ServiceFiles;

public sealed class DownloadPlaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-place").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("file-1", "report.pdf", "file-1.pdf")]
    [InlineData("files/abc", "results.JSONL", "abc.jsonl")]
    [InlineData("file-1", "setup.exe", "file-1.bin")]
    [InlineData("file-1", "profile.ps1", "file-1.bin")]
    [InlineData("../../etc/passwd", "a.txt", "passwd.txt")]
    [InlineData("..\\up", "a", "___up.bin")]
    public void PathOf_InAFolder_IsTheIdWithAHarmlessEnding(string id, string name, string expected) =>
        Assert.Equal(Path.Combine(_folder, expected), DownloadPlace.Open(_folder, isFolder: false, replaces: false).PathOf(id, name));

    [Fact]
    public void PathOf_WhateverTheServiceSays_LiesInTheFolder()
    {
        DownloadPlace place = DownloadPlace.Open(_folder, isFolder: true, replaces: true);

        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), (id, name) =>
            Path.GetDirectoryName(Path.GetFullPath(place.PathOf(id.Get, name.Get))) == _folder).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Open_AFileThatIsThere_IsRefusedUnlessItIsReplaced()
    {
        string path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "kept");

        Assert.Contains("-Force", Engine.AssertInvalid(() => DownloadPlace.Open(path, isFolder: false, replaces: false)).RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(path, DownloadPlace.Open(path, isFolder: false, replaces: true).PathOf("file-1", ""));
    }

    [Fact]
    public void RequireRoom_OfOneFileForTwo_IsRefused() =>
        Engine.AssertInvalid(() => DownloadPlace.Open(Path.Combine(_folder, "a.txt"), isFolder: false, replaces: false).RequireRoom(2));
}
