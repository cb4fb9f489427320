using System.Text;
using ChatPS.Client.Files;

namespace ChatPS.Client.Tests.Files;

public sealed class FileTargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-target").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SaveAsync_WriterFails_LeavesNothing()
    {
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", _folder, replaces: false);

        await Assert.ThrowsAsync<InvalidOperationException>(() => target.SaveAsync(
            target.PathOf(0, 0, ".png"), content => throw new InvalidOperationException("The answer broke off."), ""));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task SaveAsync_AnotherExtension_GoesWhereTheWriterSays()
    {
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", Path.Combine(_folder, "new.folder"), replaces: false);
        string path = target.PathOf(0, 0, ".png");

        string place = await target.SaveAsync(path, WriteJpeg, "");

        Assert.Equal(Path.Combine(_folder, "new.folder", "0001.jpg"), place);
        Assert.Equal([place], Directory.GetFiles(Path.Combine(_folder, "new.folder")));

        Task<string> WriteJpeg(Stream content)
        {
            content.Write([0xFF, 0xD8, 0xFF]);
            return Task.FromResult(Path.ChangeExtension(path, ".jpg"));
        }
    }

    [Theory]
    [InlineData(nameof(ExistingFile.KeptByNoClobber), "-NoClobber")]
    [InlineData(nameof(ExistingFile.KeptWithoutForce), "-Force")]
    public void Check_FileIsThere_NamesTheSwitch(string existing, string name)
    {
        string path = Path.Combine(_folder, "a.png");
        FileTarget target = FileTarget.Open("-Path", path, [".png"], Enum.Parse<ExistingFile>(existing));
        target.Check(0, 1, ".png");
        File.WriteAllText(path, "old");

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => target.Check(0, 1, ".png"));

        Assert.Contains(name, failure.Message + failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Replaced_PutsTheNewInPlaceOfTheOld()
    {
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", _folder, replaces: true);
        string path = target.PathOf(0, 0, ".txt");
        File.WriteAllText(path, "old");

        target.Save(path, Encoding.UTF8.GetBytes("new"), "");

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void OpenFolder_FileInTheWay_IsRefused()
    {
        string path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "");

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => FileTarget.OpenFolder("-OutDirectory", Path.Combine(path, "art"), replaces: true));

        Assert.StartsWith("-OutDirectory", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("0001.png", 2)]
    [InlineData("0001.png 0002.jpg 0002-7.jpg 0001-9.png", 3)]
    [InlineData("0007.partial.png", 8)]
    [InlineData("12345.mp3", 12346)]
    [InlineData("20260131.jpg 001.png cat.png 00012.png 0003 0009x.png", 1)]
    public void Take_GoesOnAfterTheHighestThatIsThere(string there, int first)
    {
        foreach (string name in there.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.WriteAllText(Path.Combine(_folder, name), "mine");
        }

        FileTarget target = FileTarget.OpenFolder("-OutDirectory", _folder, replaces: false);

        Assert.Equal([first - 1, first], [target.Take(5), target.Take(9)]);
    }

    [Theory]
    [InlineData(false, "0001.png")]
    [InlineData(true, "0003.png")]
    public void Take_Replaces_BeginsAtOneUnlessTheFolderIsKept(bool isKept, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, "0002.png"), "mine");
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", _folder, replaces: true);
        if (isKept)
        {
            target.KeepFolder();
        }

        Assert.Equal(expected, Path.GetFileName(target.PathOf(target.Take(0), 0, ".png")));
    }

    [Fact]
    public async Task Save_NameTakenMeanwhile_TakesTheNextThatIsFree()
    {
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", _folder, replaces: false);
        string first = target.PathOf(target.Take(0), 0, ".png");
        string second = target.PathOf(target.Take(1), 0, ".png");
        File.WriteAllText(first, "somebody's");
        File.WriteAllText(second, "somebody's");

        string[] places =
        [
            target.Save(first, [1], ""),
            await target.SaveAsync(second, _ => Task.FromResult(second), ""),
        ];

        Assert.Equal(["0003.png", "0004.png"], places.Select(Path.GetFileName));
        Assert.Equal(["somebody's", "somebody's"], [File.ReadAllText(first), File.ReadAllText(second)]);
        Assert.Equal(4, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task Save_TwoRunsAtOnce_OverwriteNothing()
    {
        const int Each = 50;
        FileTarget[] runs = [FileTarget.OpenFolder("-OutDirectory", _folder, replaces: false), FileTarget.OpenFolder("-OutDirectory", _folder, replaces: false)];

        await Task.WhenAll(runs.Select(run => Task.Run(() => Parallel.For(0, Each, _ => run.Save(run.PathOf(run.Take(0), 0, ".png"), [1], "")))));

        Assert.Equal(2 * Each, Directory.GetFiles(_folder, "*.png").Length);
    }

    [Fact]
    public void Take_OneFile_IsForOneItem()
    {
        FileTarget target = FileTarget.Open("-Path", Path.Combine(_folder, "a.png"), [".png"], ExistingFile.KeptWithoutForce);

        Assert.Equal(0, target.Take(0));
        Engine.AssertInvalid(() => target.Take(1));
    }

    [Theory]
    [InlineData("cat.png")]
    [InlineData("cat.JPEG")]
    [InlineData("talk.mp3")]
    public void OpenFolder_NameOfAFile_IsRefused(string name)
    {
        Engine.AssertInvalid(() => FileTarget.OpenFolder("-OutDirectory", Path.Combine(_folder, name), replaces: false));
        Directory.CreateDirectory(Path.Combine(_folder, name));
        Assert.Equal(0, FileTarget.OpenFolder("-OutDirectory", Path.Combine(_folder, name), replaces: false).Take(0));
    }
}
