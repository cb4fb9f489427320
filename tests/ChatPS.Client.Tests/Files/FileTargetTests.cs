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
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", _folder, ExistingFile.KeptWithoutForce);

        await Assert.ThrowsAsync<InvalidOperationException>(() => target.SaveAsync(
            target.PathOf(0, 0, ".png"), content => throw new InvalidOperationException("The answer broke off."), ""));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task SaveAsync_AnotherExtension_GoesWhereTheWriterSays()
    {
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", Path.Combine(_folder, "new.folder"), ExistingFile.KeptWithoutForce);
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
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", _folder, Enum.Parse<ExistingFile>(existing));
        File.WriteAllText(target.PathOf(1, 0, ".png"), "old");

        target.Check(0, 1, ".png");
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => target.Check(1, 1, ".png"));

        Assert.Contains(name, failure.Message + failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Replaced_PutsTheNewInPlaceOfTheOld()
    {
        FileTarget target = FileTarget.OpenFolder("-OutDirectory", _folder, ExistingFile.Replaced);
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

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => FileTarget.OpenFolder("-OutDirectory", Path.Combine(path, "art"), ExistingFile.Replaced));

        Assert.StartsWith("-OutDirectory", failure.Message, StringComparison.Ordinal);
    }
}
