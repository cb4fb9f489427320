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
}
