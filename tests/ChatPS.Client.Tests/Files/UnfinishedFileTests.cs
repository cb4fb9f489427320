using System.Diagnostics;
using ChatPS.Client.Files;

namespace ChatPS.Client.Tests.Files;

public sealed class UnfinishedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-unfinished").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Dispose_WhatIsLeftCannotBeWritten_RemovesTheFileAllTheSame()
    {
        UnfinishedFile file = new(Path.Combine(_folder, "a.bin"));
        file.Content.WriteByte(1);

        // What is buffered finds its file closed.
        file.Content.SafeFileHandle.Dispose();
        Exception? failure = Record.Exception(file.Dispose);

        Assert.True(failure is null or ObjectDisposedException, $"{failure}");
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Complete_WhereAPipeIs_LeavesItThere(bool isThereBefore)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = Path.Combine(_folder, "pipe.bin");
        UnfinishedFile? file = isThereBefore ? null : new UnfinishedFile(path);
        using (Process make = Process.Start("mkfifo", [path]))
        {
            make.WaitForExit();
        }

        Assert.Contains("no ordinary file", Assert.Throws<IOException>(() => (file ?? new UnfinishedFile(path)).Complete(path, replaces: true)).Message, StringComparison.Ordinal);
        file?.Dispose();

        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
        Assert.Throws<IOException>(() => OrdinaryFile.RequireIfThere(path));
    }
}
