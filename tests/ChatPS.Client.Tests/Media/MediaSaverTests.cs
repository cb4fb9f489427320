using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Media;

namespace ChatPS.Client.Tests.Media;

public sealed class MediaSaverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-media").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Save_Picture_GetsANameOfOursAndTheEndingOfItsBytes()
    {
        ChatImage image = new() { Data = Pictures.JpegOf(7, 5), MediaType = "image/png", FileName = "../../evil.exe" };

        await SaveAsync(MediaSaver.InFolder(Path.Combine(_folder, "new"), force: false, 1000), image, item: 2, part: 1);

        Assert.Equal(Path.Combine(_folder, "new", "0003-2.jpg"), image.Path);
        Assert.Null(image.Data);
        Assert.Equal(("image/jpeg", 7, 5, (long)Pictures.JpegOf(7, 5).Length), (image.MediaType, image.Width, image.Height, image.Size));
    }

    [Theory]
    [InlineData("image", "<html><title>Expired</title></html>")]
    [InlineData("image", "{\"error\":\"expired\"}")]
    [InlineData("image", "")]
    [InlineData("audio", "\u0089PNG")]
    [InlineData("file", "<!doctype html>")]
    [InlineData("file", " {\"error\":\"expired\"}")]
    public async Task Save_OfAnotherKind_IsAnErrorAndNoFile(string kind, string content)
    {
        byte[] data = System.Text.Encoding.Latin1.GetBytes(content);
        ChatMedia media = kind == "image" ? new ChatImage { Data = data } : new ChatMedia { Kind = kind, Data = data };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SaveAsync(MediaSaver.InFolder(_folder, force: false, 1000), media));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        Assert.NotNull(media.Data);
    }

    [Theory]
    [InlineData("file", "a,b\n1,2", ".txt")]
    [InlineData("file", "%PDF-1.7", ".pdf")]
    [InlineData("file", "\0\u0001", ".bin")]
    [InlineData("audio", "ID3\u0004", ".mp3")]
    public async Task Save_OtherKinds_GetTheirEndings(string kind, string content, string extension)
    {
        ChatMedia media = new() { Kind = kind, Data = System.Text.Encoding.Latin1.GetBytes(content), FileName = "x.exe" };

        await SaveAsync(MediaSaver.InFolder(_folder, force: false, 1000), media);

        Assert.Equal(Path.Combine(_folder, "0001" + extension), media.Path);
    }

    [Fact]
    public async Task Save_RawSound_IsAWaveFile()
    {
        ChatMedia media = new() { Kind = "audio", MediaType = "audio/pcm", Data = [1, 2, 3, 4] };

        await SaveAsync(MediaSaver.InFolder(_folder, force: false, 1000), media);

        Assert.EndsWith("0001.wav", media.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_FileThatAppears_StaysUnlessForced()
    {
        string path = Path.Combine(_folder, "0001.png");
        await File.WriteAllTextAsync(path, "mine");

        ChatImage image = new() { Data = Pictures.Png };
        await SaveAsync(MediaSaver.InFolder(_folder, force: false, 1000), image);
        Assert.Equal("0002.png", Path.GetFileName(image.Path));
        Assert.Equal("mine", await File.ReadAllTextAsync(path));

        await SaveAsync(MediaSaver.InFolder(_folder, force: true, 1000), new ChatImage { Data = Pictures.Png });
        Assert.Equal(Pictures.Png, await File.ReadAllBytesAsync(path));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task Save_ToOneFile_FollowsTheContent()
    {
        ChatImage image = new() { Data = Pictures.Png };
        ChatImage jpeg = new() { Data = Pictures.JpegOf(1, 1) };

        await SaveAsync(MediaSaver.AsFile(Path.Combine(_folder, "cat.jpg"), force: false, 1000), image);
        await SaveAsync(MediaSaver.AsFile(Path.Combine(_folder, "dog.JPEG"), force: false, 1000), jpeg);

        Assert.Equal(Path.Combine(_folder, "cat.png"), image.Path);
        Assert.Equal(Path.Combine(_folder, "dog.JPEG"), jpeg.Path);
        Engine.AssertInvalid(() => MediaSaver.AsFile(_folder, force: false, 1000));
    }

    [Fact]
    public async Task Save_LargerThanAllowed_IsAnError()
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SaveAsync(MediaSaver.InFolder(_folder, force: false, 5), new ChatImage { Data = Pictures.Png }));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Engine.AssertInvalid(() => MediaSaver.InFolder(_folder, force: false, 0));
    }

    [Fact]
    public async Task Save_Address_IsFetchedAndCheckedByContent()
    {
        using RawServer files = RawServer.Answering(200, "<html>no</html>", "image/png");
        using ServiceConnection connection = Engine.Connect(files);
        ChatImage image = new() { Url = new Uri(files.BaseUri, "/a.png").AbsoluteUri };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SaveAsync(MediaSaver.InFolder(_folder, force: false, 1000), image, connection: connection));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Save_SavedBefore_IsCopied()
    {
        ChatImage image = new() { Data = Pictures.Png };
        await SaveAsync(MediaSaver.InFolder(_folder, force: false, 1000), image);

        await SaveAsync(MediaSaver.InFolder(Path.Combine(_folder, "b"), force: false, 1000), image);

        Assert.Equal(Pictures.Png, await File.ReadAllBytesAsync(Path.Combine(_folder, "b", "0001.png")));
    }

    [Fact]
    public async Task Save_IdAlone_IsFetchedFromTheFilesOfTheService()
    {
        using RawServer server = RawServer.Answering(200, "a,b\n1,2\n", "text/csv");
        using ServiceConnection connection = Engine.Connect(server);
        ChatMedia media = new() { Kind = "file", FileId = "file-1" };

        await SaveAsync(MediaSaver.InFolder(_folder, force: false, 1000), media, connection: connection);

        Assert.Equal("a,b\n1,2\n", await File.ReadAllTextAsync(media.Path!));
        Assert.StartsWith("GET /v1/files/file-1/content ", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_IdOfALargeFile_IsRefused()
    {
        using RawServer server = RawServer.Answering(200, "a,b\n1,2\n", "text/csv");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SaveAsync(MediaSaver.InFolder(_folder, force: false, 4), new ChatMedia { Kind = "file", FileId = "file-1" }, connection: connection));

        Assert.Contains("-MaxBytes", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private static Task SaveAsync(MediaSaver saver, ChatMedia media, int item = 0, int part = 0, ServiceConnection? connection = null) =>
        saver.SaveAsync(media, item, part, () => connection!, CallSettings.None, CancellationToken.None).WaitAsync(Engine.Patience);
}
