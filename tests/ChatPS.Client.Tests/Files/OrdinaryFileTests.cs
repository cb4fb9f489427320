using System.Diagnostics;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Client.Images;
using ChatPS.Client.Similarity;
using ChatPS.Client.Speech;

namespace ChatPS.Client.Tests.Files;

/// <summary>What opens files that users name does not open pipes and devices: that would wait, or never end.</summary>
public sealed class OrdinaryFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-ordinary").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Readers => ["sound", "picture", "image", "audio", "file", "attachment", "text", "vectors"];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Open_PipeOrDevice_IsRefusedWithoutWaiting(string reader)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // It has no pipes among its files.
        }

        string pipe = Path.Combine(_folder, "pipe");
        using (Process make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync();
        }

        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, pipe);

        foreach (string path in new[] { pipe, link, "/dev/zero" })
        {
            ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Task.Run(() => Open(reader, path)).WaitAsync(Engine.Patience));

            Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
            Assert.Equal($"-Path: '{path}' is no ordinary file.", failure.Message);
        }
    }

    private static void Open(string reader, string path)
    {
        switch (reader)
        {
            case "sound":
                SoundFile.Open(path, "-Path");
                break;
            case "picture":
                ImageFile.Open(path, "-Path");
                break;
            case "image":
                MediaFile.Image(path, detail: null, "-Path");
                break;
            case "audio":
                MediaFile.Audio(path, "-Path");
                break;
            case "file":
                MediaFile.File(path, "-Path");
                break;
            case "attachment":
                MediaFile.Attachment(path, "-Path");
                break;
            case "text":
                MediaFile.Text(path, "-Path");
                break;
            default:
                VectorFile.Open(path).Dispose();
                break;
        }
    }
}
