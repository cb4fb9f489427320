using System.Diagnostics;
using ChatPS.Client.Files;
using ChatPS.Client.Profiles;

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
    public async Task ReadTrusted_PipeDeviceOrFolder_IsRefusedWithoutWaiting()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // It has no such files.
        }

        string pipe = Path.Combine(_folder, "pipe");
        using (Process make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync();
        }

        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, pipe);
        foreach (string path in new[] { pipe, link, "/dev/zero", "/dev/null" })
        {
            IOException refused = await Assert.ThrowsAsync<IOException>(() => Task.Run(() => PrivateFile.ReadTrusted(path, mustOwn: false)).WaitAsync(Engine.Patience));
            Assert.Equal($"'{path}' is no ordinary file.", refused.Message);
        }

        Assert.Throws<UnauthorizedAccessException>(() => PrivateFile.ReadTrusted(_folder, mustOwn: false));
    }

    [Fact]
    public async Task Profiles_PipesInTheirPlace_AreRefusedWithoutWaiting()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // It has no pipes among its files.
        }

        ConnectionProfile profile = new() { Name = "p", BaseUri = new Uri("https://a.example/v1") };
        ProfileStore store = new(Path.Combine(_folder, "connections"));
        store.Save(profile, overwrite: false);
        store.SetDefault("p");
        foreach (string path in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
        {
            File.Delete(path);
            using Process make = Process.Start("mkfifo", path);
            await make.WaitForExitAsync();
        }

        await Task.Run(() =>
        {
            Assert.False(store.Holds(profile));
            Assert.Throws<ChatServiceException>(() => store.Load("p"));
            Assert.Throws<ChatServiceException>(() => store.Default);
            Assert.Throws<ChatServiceException>(() => store.Save(profile, overwrite: true));
        }).WaitAsync(Engine.Patience);
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
