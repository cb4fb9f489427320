using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Calls;

public sealed class DownloadTests
{
    private const string Whole = "0123456789";

    private readonly List<(long Taken, long? Total)> _progress = [];

    [Fact]
    public async Task Copy_WholeBody_ArrivesWithItsTypeAndProgress()
    {
        using RawServer server = RawServer.Answering(200, Whole, "video/mp4");

        (string content, string? type) = await CopyAsync(server);

        Assert.Equal((Whole, "video/mp4"), (content, type));
        Assert.Equal((10, 10), _progress[^1]);
        Assert.Null(server.Exchanges[0].Header("Range"));
    }

    [Fact]
    public async Task Copy_BrokenOff_GoesOnWhereItWas()
    {
        using RawServer server = RawServer.Start(
            exchange => BreakOffAsync(exchange, "200 OK", "Content-Length: 10", "0123"),
            exchange => BreakOffAsync(exchange, "206 Partial Content", "Content-Length: 6\r\nContent-Range: bytes 4-9/10", "45"),
            RawServer.Answer(206, "6789", "text/plain", "Content-Range: bytes 6-9/10", "ETag: \"v1\""));

        (string content, _) = await CopyAsync(server);

        Assert.Equal(Whole, content);
        Assert.Equal([null, "bytes=4-", "bytes=6-"], server.Exchanges.Select(exchange => exchange.Header("Range")));
        Assert.Equal([null, "\"v1\"", "\"v1\""], server.Exchanges.Select(exchange => exchange.Header("If-Range")));
    }

    [Fact]
    public async Task Copy_ChangedMeanwhile_BeginsAnew()
    {
        using RawServer server = RawServer.Start(
            exchange => BreakOffAsync(exchange, "200 OK", "Content-Length: 10", "xxxx"),
            RawServer.Answer(200, Whole, "text/plain", "ETag: \"v2\""));

        Assert.Equal(Whole, (await CopyAsync(server)).Content);
    }

    [Theory]
    [InlineData("Content-Range: bytes 4-9/10", "\"v2\"")]
    [InlineData("Content-Range: bytes 4-10/11", "\"v1\"")]
    [InlineData("Content-Range: bytes 2-9/10", "\"v1\"")]
    public async Task Copy_GoneOnWithSomethingElse_Fails(string range, string version)
    {
        using RawServer server = RawServer.Start(
            exchange => BreakOffAsync(exchange, "200 OK", "Content-Length: 10", "0123"),
            RawServer.Answer(206, "456789", "text/plain", range, "ETag: " + version));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(server));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
    }

    [Fact]
    public async Task Copy_BeginsAnewEachTimeAndGetsNoFurther_Ends()
    {
        using RawServer server = RawServer.Start(exchange => BreakOffAsync(exchange, "200 OK", "Content-Length: 10", "0123"));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(server));

        Assert.True(failure.ErrorId is ErrorIds.StreamTruncated or ErrorIds.ConnectionFailed, failure.ErrorId);
        Assert.InRange(server.Exchanges.Count, 2, 3);
    }

    [Fact]
    public async Task Copy_NoVersion_IsNotGoneOnWith()
    {
        using RawServer server = RawServer.Start(exchange => BreakOffAsync(exchange, "200 OK", "Content-Length: 10", "0123", version: null));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(server));

        Assert.True(failure.ErrorId is ErrorIds.StreamTruncated or ErrorIds.ConnectionFailed, failure.ErrorId);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Copy_NothingCameOfAnAttempt_Fails()
    {
        using RawServer server = RawServer.Start(
            exchange => BreakOffAsync(exchange, "200 OK", "Content-Length: 10", "0123"),
            exchange => BreakOffAsync(exchange, "206 Partial Content", "Content-Length: 6\r\nContent-Range: bytes 4-9/10", ""));

        await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(server));

        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact]
    public async Task Copy_MoreThanAllowed_Fails()
    {
        using RawServer server = RawServer.Answering(200, Whole, "text/plain", "ETag: \"v1\"");

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(server, maxBytes: 9));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
    }

    [Fact]
    public async Task Copy_Refused_IsTheServicesError()
    {
        using RawServer server = RawServer.Answering(404, """{"error":{"message":"No such file."}}""");

        Assert.Equal(404, (await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(server))).StatusCode);
    }

    private static async Task BreakOffAsync(RawExchange exchange, string status, string headers, string part, string? version = "\"v1\"")
    {
        string tag = version is null ? "" : $"ETag: {version}\r\n";
        await exchange.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\n{tag}Content-Type: text/plain\r\n\r\n{part}"));
        exchange.Dispose();
    }

    private async Task<(string Content, string? Type)> CopyAsync(RawServer server, long maxBytes = 1000)
    {
        using ServiceConnection connection = Engine.Connect(server);
        using HttpClient http = new();
        using MemoryStream target = new();
        string? type = await Download.CopyAsync(
            connection,
            CallSettings.None,
            async (range, ifRange, call, token) =>
            {
                using HttpRequestMessage request = new(HttpMethod.Get, server.BaseUri);
                foreach ((string name, string? value) in new[] { ("Range", range), ("If-Range", ifRange) }.Where(header => header.Item2 is not null))
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }

                HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
                response.Content = new AnswerContent(response.Content, maxBytes, call.Token);
                return response;
            },
            target,
            maxBytes,
            (taken, total) => _progress.Add((taken, total)),
            CancellationToken.None).WaitAsync(Engine.Patience);
        return (Encoding.UTF8.GetString(target.ToArray()), type);
    }
}
