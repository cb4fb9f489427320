using System.Diagnostics;
using ChatPS.Client.Files;

namespace ChatPS.Client.Tests.Files;

public sealed class PrivateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Replace_OrdinaryFile_HasTheNewContent()
    {
        string path = Path.Combine(_folder, "a.json");
        PrivateFile.Replace(path, "one"u8.ToArray());
        PrivateFile.Replace(path, "two"u8.ToArray());

        Assert.Equal("two", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Replace_PipeOrDevice_IsRefusedAndStays()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // It has no such files.
        }

        string path = Path.Combine(_folder, "pipe");
        using (Process make = Process.Start("mkfifo", path))
        {
            await make.WaitForExitAsync();
        }

        Assert.Throws<IOException>(() => PrivateFile.Replace(path, "one"u8.ToArray()));
        Assert.False(FileOwner.IsOrdinaryFile(path));
        Assert.False(FileOwner.IsOrdinaryFile("/dev/null"));
    }
}
