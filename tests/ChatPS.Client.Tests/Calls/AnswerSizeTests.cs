using System.IO.Compression;
using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Calls;

/// <summary>Runs alone, since it counts what is allocated.</summary>
[CollectionDefinition(nameof(AnswerSizeTests), DisableParallelization = true)]
public sealed class AnswerSizeCollection;

[Collection(nameof(AnswerSizeTests))]
public sealed class AnswerSizeTests
{
    private const int Megabyte = 1024 * 1024;
    private const long Bounded = 64L * Megabyte;

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("br", false)]
    [InlineData("deflate", false)]
    [InlineData("gzip", true)]
    public async Task Call_CompressedBomb_EndsAtTheLimit(string encoding, bool isStream)
    {
        byte[] bomb = Bomb(encoding, 512);
        using RawServer server = RawServer.Start(exchange => exchange.WriteAsync(
        [
            .. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {(isStream ? "text/event-stream" : "application/json")}\r\nContent-Encoding: {encoding}\r\nContent-Length: {bomb.Length}\r\n\r\n"), .. bomb,
        ]));
        using ServiceConnection connection = Connect(server);

        AssertTooLarge(await MeasureAsync(() => isStream ? connection.FailStreamAsync() : connection.FailAsync()));
    }

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/json", true)]
    [InlineData("text/event-stream", true)]
    public async Task Call_BodyWithoutEnd_EndsAtTheLimit(string type, bool asStream)
    {
        using RawServer server = Endless(type, new string('x', 64 * 1024));
        using ServiceConnection connection = Connect(server);

        AssertTooLarge(await MeasureAsync(() => asStream ? connection.FailStreamAsync() : connection.FailAsync()));
    }

    [Fact]
    public async Task Stream_EventsWithoutEnd_EndAtTheLimitAndWhatCameIsKept()
    {
        using RawServer server = Endless("text/event-stream", Engine.Event(Engine.Text(new string('a', 8 * 1024))));
        using ServiceConnection connection = Connect(server);

        ChatServiceException failure = await connection.FailStreamAsync();

        AssertTooLarge(failure);
        Assert.StartsWith("aaaa", failure.PartialText, StringComparison.Ordinal);
        Assert.True(failure.PartialText!.Length <= 2 * Megabyte);
    }

    [Fact]
    public async Task Stream_CommentsWithoutEnd_EndAtTheLimit()
    {
        using RawServer server = Endless("text/event-stream", $": {new string('p', 8 * 1024)}\n\n");
        using ServiceConnection connection = Connect(server);

        AssertTooLarge(await connection.FailStreamAsync());
    }

    [Fact]
    public async Task Call_ErrorWithoutEnd_KeepsItsStatus()
    {
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 503 No\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
            await RepeatAsync(exchange, new string('x', 64 * 1024));
        });
        using ServiceConnection connection = Connect(server);

        ChatServiceException failure = await MeasureAsync(connection.FailAsync);

        Assert.Equal((ErrorIds.ServerError, 503), (failure.ErrorId, failure.StatusCode));
    }

    [Fact]
    public async Task Call_AnnouncesTooMuch_IsNotRead()
    {
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {3 * Megabyte}\r\n\r\n"));
            await exchange.WhenClosedAsync();
        });
        using ServiceConnection connection = Connect(server);

        AssertTooLarge(await connection.FailAsync());
    }

    [Fact]
    public async Task Call_AnnouncesMoreThanComes_BreaksOffAndReservesLittle()
    {
        using RawServer server = RawServer.Start(exchange =>
            exchange.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {99 * Megabyte}\r\n\r\n{{")));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await MeasureAsync(connection.FailAsync);

        Assert.Equal(ErrorIds.ConnectionFailed, failure.ErrorId);
    }

    [Fact]
    public async Task Call_AnnouncesLessThanComes_ReadsNoMoreThanThat()
    {
        string answer = Engine.Answer("short");
        using RawServer server = RawServer.Start(exchange =>
            exchange.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n{answer}{{\"injected\":1}}")));
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion completion = await connection.CompleteAsync();

        Assert.Equal("short", completion.Text);
        Assert.DoesNotContain("injected", completion.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_LargeAnswerWithinTheLimit_IsRead()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer(new string('y', 3 * Megabyte)));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(3 * Megabyte, (await connection.CompleteAsync()).Text.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2048)]
    public void Validate_LimitOutOfRange_NamesTheParameter(int megabytes) => Assert.StartsWith(
        "-MaxResponseSizeMB", Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, MaxResponseSizeMB = megabytes }.Validate()).Message, StringComparison.Ordinal);

    private static ServiceConnection Connect(RawServer server) =>
        Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "m", MaxRetry = 0, MaxResponseSizeMB = 2 });

    private static void AssertTooLarge(ChatServiceException failure)
    {
        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Contains("more than 2 MB", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-MaxResponseSizeMB", failure.RecommendedAction, StringComparison.Ordinal);
    }

    private static async Task<ChatServiceException> MeasureAsync(Func<Task<ChatServiceException>> call)
    {
        long before = GC.GetTotalAllocatedBytes();
        ChatServiceException failure = await call();
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, Bounded);
        return failure;
    }

    private static RawServer Endless(string type, string piece) => RawServer.Start(async exchange =>
    {
        await exchange.StartStreamAsync(type);
        await RepeatAsync(exchange, piece);
    });

    private static async Task RepeatAsync(RawExchange exchange, string piece)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(piece);
        byte[] chunk = [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];
        while (true)
        {
            await exchange.WriteAsync(chunk);
        }
    }

    private static byte[] Bomb(string encoding, int megabytes)
    {
        using MemoryStream packed = new();
        using (Stream stream = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
            _ => new GZipStream(packed, CompressionLevel.Fastest),
        })
        {
            byte[] zeros = new byte[Megabyte];
            for (int i = 0; i < megabytes; i++)
            {
                stream.Write(zeros);
            }
        }

        return packed.ToArray();
    }
}
