using System.Text;
using ChatPS.Client.Calls;

namespace ChatPS.Client.Tests.Calls;

public sealed class UploadTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Form_FieldsAndAFile_AreWrittenAsAllServersReadThem()
    {
        await File.WriteAllTextAsync(_path, "abc");
        using MultipartFormDataContent form = Upload.Form([new("purpose", "batch"), new("note", "grüße")], ("file", "a \"b\"\r\nü.txt", new FileBody(_path)));

        string text = await form.ReadAsStringAsync();
        string boundary = form.Headers.GetValues("Content-Type").Single().Split('=')[1];

        Assert.DoesNotContain('"', boundary);
        Assert.Equal(
            string.Join("\r\n",
            [
                $"--{boundary}", "Content-Disposition: form-data; name=\"purpose\"", "", "batch",
                $"--{boundary}", "Content-Disposition: form-data; name=\"note\"", "", "grüße",
                $"--{boundary}", "Content-Type: application/octet-stream",
                "Content-Disposition: form-data; name=\"file\"; filename=\"a _b____.txt\"; filename*=utf-8''a%20%22b%22%0D%0A%C3%BC.txt", "", "abc",
                $"--{boundary}--", "",
            ]),
            text);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), form.Headers.ContentLength);
    }

    [Fact]
    public async Task Form_PlainName_HasOneForm()
    {
        await File.WriteAllTextAsync(_path, "abc");
        using MultipartFormDataContent form = Upload.Form([], ("file", "a b.txt", new FileBody(_path)));

        Assert.DoesNotContain("filename*", await form.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileBody_OfAPart_IsThatPartEachTimeItIsSent()
    {
        await File.WriteAllTextAsync(_path, "0123456789");
        using FileBody part = new(_path, 3, 4);

        Assert.Equal((4L, "3456", "3456"), (part.Headers.ContentLength, await CopyAsync(part), await CopyAsync(part)));
    }

    [Fact]
    public async Task FileBody_FileGotShorter_SaysSo()
    {
        await File.WriteAllTextAsync(_path, "0123456789");
        using FileBody whole = new(_path);
        await File.WriteAllTextAsync(_path, "012");

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => CopyAsync(whole));
        Assert.Contains($"'{_path}' was changed while it was sent.", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300_000)]
    [InlineData(1_000_000)]
    public async Task FileBody_FileThatChangesOnTheWay_SaysSo(int length)
    {
        await File.WriteAllBytesAsync(_path, new byte[500_000]);
        using FileBody whole = new(_path, 0, 500_000)
        {
            WholeLength = 500_000,
            Sent = (_, _) =>
            {
                using FileStream other = new(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                other.SetLength(length);
            },
        };
        if (OperatingSystem.IsWindows())
        {
            return; // There, nobody can write to a file that is read.
        }

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => CopyAsync(whole));
        Assert.NotNull(ConnectionFailures.Find<ChangedFileException>(failure));
    }

    // As sending does: what has been read into memory would not be read again.
    private static async Task<string> CopyAsync(HttpContent content)
    {
        using MemoryStream stream = new();
        await content.CopyToAsync(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
