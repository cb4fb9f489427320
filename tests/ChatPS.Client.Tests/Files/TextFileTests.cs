using System.Diagnostics;
using ChatPS.Client.Files;

namespace ChatPS.Client.Tests.Files;

public sealed class TextFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_TextWithAMark_IsItsText()
    {
        string path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "prompt ü", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal("prompt ü", TextFile.Read(path));
    }

    [Fact]
    public void Read_MoreThanTheLimit_IsRefusedUnread()
    {
        string path = Path.Combine(_folder, "large.txt");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(TextFile.LargestFile + 1);
        }

        Assert.Contains("16 MB", Assert.Throws<IOException>(() => TextFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LinkToAFile_IsTheFile()
    {
        string path = Path.Combine(_folder, "a.txt");
        string link = Path.Combine(_folder, "link.txt");
        File.WriteAllText(path, "a longer text than the path of the file that it lies in");
        File.CreateSymbolicLink(link, path);

        Assert.Equal(File.ReadAllText(path), TextFile.Read(link));
    }

    [Fact]
    public async Task Read_PipeThatNobodyWritesTo_DoesNotWait()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // It has no pipes among its files.
        }

        string path = Path.Combine(_folder, "pipe");
        using (Process make = Process.Start("mkfifo", path))
        {
            await make.WaitForExitAsync();
        }

        Assert.Equal("", await Task.Run(() => TextFile.Read(path)).WaitAsync(Engine.Patience));
    }
}
