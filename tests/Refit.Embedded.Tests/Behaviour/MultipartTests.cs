using System.Text;
using Refit;

namespace Refit.Behaviour;

public sealed class MultipartTests : BehaviourTest
{
    private IMultipartApi Api => Client<IMultipartApi>();

    [Fact]
    public async Task Multipart_FileAndText_ArePartsAndQueryStaysInTheQuery()
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes("{}"));

        await Api.FileAsync(new StreamPart(stream, "a.jsonl", "application/jsonl"), "batch", "x");

        Assert.Equal("/m?added=x", Server.Request.Target);
        Assert.Equal("multipart/form-data; boundary=\"----MyGreatBoundary\"", Server.Request["Content-Type"]);
        Assert.Equal(
            [
                "Content-Type: application/jsonl|Content-Disposition: form-data; name=file; filename=a.jsonl; filename*=utf-8''a.jsonl||{}",
                "Content-Type: text/plain; charset=utf-8|Content-Disposition: form-data; name=why||batch",
            ],
            Parts("----MyGreatBoundary"));
    }

    [Fact]
    public async Task Multipart_StreamPart_IsClosedAfterTheCall()
    {
        using MemoryStream stream = new([1]);

        await Api.FileAsync(new StreamPart(stream, "a"), "p", "q");

        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task Multipart_EachKind_BecomesItsPart()
    {
        FileInfo file = new(Path.GetTempFileName());
        await File.WriteAllTextAsync(file.FullName, "from file");
        try
        {
            await Api.KindsAsync(5, "bytes"u8.ToArray(), new MemoryStream("stream"u8.ToArray()), file, new Person("Ada", 36), new StringContent("raw"), "h");
        }
        finally
        {
            file.Delete();
        }

        Assert.Equal("/m/5", Server.Request.Target);
        Assert.Equal("h", Server.Request["X-H"]);
        Assert.Equal(
            [
                "Content-Disposition: form-data; name=bytes; filename=bytes; filename*=utf-8''bytes||bytes",
                "Content-Disposition: form-data; name=stream; filename=stream; filename*=utf-8''stream||stream",
                $"Content-Disposition: form-data; name=info; filename={file.Name}; filename*=utf-8''{file.Name}||from file",
                "Content-Type: application/json; charset=utf-8|Content-Disposition: form-data; name=person||{\"name\":\"Ada\",\"age\":36}",
                "Content-Type: text/plain; charset=utf-8|Content-Disposition: form-data||raw",
            ],
            Parts("fixed-boundary"));
    }

    [Fact]
    public async Task Multipart_Collections_BecomeOnePartEach()
    {
        await Api.ManyAsync([new ByteArrayPart("1"u8.ToArray(), "1.png", "image/png"), new ByteArrayPart("2"u8.ToArray(), "2.png", name: "own")], ["a", "b"]);

        Assert.Equal(
            [
                "Content-Type: image/png|Content-Disposition: form-data; name=\"image[]\"; filename=1.png; filename*=utf-8''1.png||1",
                "Content-Disposition: form-data; name=own; filename=2.png; filename*=utf-8''2.png||2",
                "Content-Type: text/plain; charset=utf-8|Content-Disposition: form-data; name=tag||a",
                "Content-Type: text/plain; charset=utf-8|Content-Disposition: form-data; name=tag||b",
            ],
            Parts("----MyGreatBoundary"));
    }

    [Fact]
    public async Task Multipart_FileInfoPart_HasItsOwnName()
    {
        FileInfo file = new(Path.GetTempFileName());
        await File.WriteAllTextAsync(file.FullName, "text");
        try
        {
            await Api.FilePartAsync(new FileInfoPart(file, "shown.txt", "text/plain", "named"));
        }
        finally
        {
            file.Delete();
        }

        Assert.Equal(
            ["Content-Type: text/plain|Content-Disposition: form-data; name=named; filename=shown.txt; filename*=utf-8''shown.txt||text"],
            Parts("----MyGreatBoundary"));
    }

    private string[] Parts(string boundary) => [.. Server.Request.Text
        .Split($"--{boundary}", StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Trim('\r', '\n').Replace("\r\n", "|", StringComparison.Ordinal))
        .Where(part => part != "--")];
}
