using System.Globalization;
using System.Net;
using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Media;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Media;

public sealed class MediaDownloadTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Copy_OwnOrigin_CarriesTheKey()
    {
        using RawServer server = RawServer.Answering(200, "bytes", "image/png");
        using ServiceConnection connection = Engine.Connect(server);

        await CopyAsync(connection, new Uri(server.BaseUri, "/files/a.png"));

        Assert.Equal("Bearer " + Engine.Key, server.Exchanges[0].Header("Authorization"));
    }

    [Fact]
    public async Task Copy_OtherOrigin_CarriesNothing()
    {
        using RawServer service = RawServer.Answering(200, "{}");
        using RawServer files = RawServer.Answering(200, "bytes", "image/png");
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings
        {
            Dialect = KnownDialects.OpenAI, BaseUri = service.BaseUri, Key = Engine.Secret(Engine.Key), Organization = "org", Project = "proj",
            AdditionalHeader = new Dictionary<string, string> { ["x-team"] = "blue" },
        });

        await CopyAsync(connection, new Uri(files.BaseUri, "/a.png?sig=1"), new CallSettings { AdditionalHeader = new Dictionary<string, string> { ["x-call"] = "1" }, AdditionalQuery = new Dictionary<string, string> { ["q"] = "1" } });

        RawExchange sent = Assert.Single(files.Exchanges);
        Assert.StartsWith("GET /a.png?sig=1 HTTP", sent.Head, StringComparison.Ordinal);
        Assert.All(new[] { "Authorization", "api-key", "OpenAI-Organization", "OpenAI-Project", "x-team", "x-call", "Cookie" }, name => Assert.Null(sent.Header(name)));
        Assert.DoesNotContain(Engine.Key, sent.Head, StringComparison.Ordinal);
        Assert.Empty(service.Exchanges);
    }

    [Fact]
    public async Task Copy_SentOnToAnotherHost_GoesOnWithoutTheKey()
    {
        using RawServer files = RawServer.Answering(200, "bytes", "image/png");
        using RawServer service = RawServer.Answering(302, "", "text/plain", $"Location: {new Uri(files.BaseUri, "/b.png")}");
        using ServiceConnection connection = Engine.Connect(service);

        Assert.Equal("bytes", await CopyAsync(connection, new Uri(service.BaseUri, "/a.png")));

        Assert.NotNull(service.Exchanges[0].Header("Authorization"));
        Assert.Null(files.Exchanges[0].Header("Authorization"));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/a")]
    [InlineData("gopher://127.0.0.1/")]
    public async Task Copy_SentOnToNoAddressOfTheWeb_IsRefused(string target)
    {
        using RawServer service = RawServer.Answering(302, "", "text/plain", $"Location: {target}");
        using ServiceConnection connection = Engine.Connect(service);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(connection, new Uri(service.BaseUri, "/a.png")));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Equal(0, new FileInfo(_file).Length);
    }

    [Fact]
    public async Task Copy_SentInCircles_Ends()
    {
        using RawServer service = RawServer.Answering(302, "", "text/plain", "Location: /a.png");
        using ServiceConnection connection = Engine.Connect(service);

        await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(connection, new Uri(service.BaseUri, "/a.png")));

        Assert.InRange(service.Exchanges.Count, 2, 50);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("0.0.0.0")]
    [InlineData("2130706433")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Copy_RemoteServiceNamesThisMachine_IsRefused(string host)
    {
        using RawServer files = RawServer.Answering(200, "secret", "image/png");
        using ServiceConnection connection = Engine.Connect(new Uri("https://api.example.com/v1"));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(connection, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{files.BaseUri.Port}/a.png"))));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Empty(files.Exchanges);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@example.com/a.png")]
    [InlineData("javascript:alert(1)")]
    public async Task Copy_NoAddressOfTheWeb_IsRefused(string url)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("https://api.example.com/v1"));
        using MemoryStream target = new();

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => MediaDownload.Of(connection).CopyAsync(url, target, 100, CallSettings.None, null, CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
    }

    [Fact]
    public async Task Copy_ForbiddenByAnotherHost_SaysNothingOfTheKey()
    {
        using RawServer service = RawServer.Answering(200, "{}");
        using RawServer files = RawServer.Answering(403, "<Error><Code>AccessDenied</Code></Error>", "application/xml");
        using ServiceConnection connection = Engine.Connect(service);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(connection, new Uri(files.BaseUri, "/a.png")));

        Assert.Equal((ErrorIds.InvalidRequest, 403), (failure.ErrorId, failure.StatusCode));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Copy_DeadLink_IsTheFaultOfTheLink(int status)
    {
        using RawServer service = RawServer.Answering(status, "");
        using ServiceConnection connection = Engine.Connect(service);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(connection, new Uri(service.BaseUri, "/a.png?signature=secret")));

        Assert.Equal((ErrorIds.InvalidRequest, status), (failure.ErrorId, failure.StatusCode));
        Assert.Contains("/a.png", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The connection is not at fault", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_HostThatIsNotThere_IsTheFaultOfTheLink()
    {
        using RawServer service = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(service);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => CopyAsync(connection, new Uri("http://127.0.0.1:1/a.png"), new CallSettings { MaxRetry = 0 }));

        Assert.Equal(ErrorIds.ConnectionFailed, failure.ErrorId);
        Assert.Contains("The connection is not at fault", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_LargeFileCutTwice_IsWholeWithFlatMemory()
    {
        const int Megabyte = 1024 * 1024;
        const int Size = 48 * Megabyte;
        using RawServer files = RawServer.Start(
            exchange => SendAsync(exchange, 0, 10 * Megabyte, Size),
            exchange => SendAsync(exchange, From(exchange), 20 * Megabyte, Size),
            exchange => SendAsync(exchange, From(exchange), Size, Size));
        using RawServer service = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(service);
        using FileStream target = new(_file, FileMode.Create);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = before;

        await MediaDownload.Of(connection).CopyAsync(
            new Uri(files.BaseUri, "/film.mp4").AbsoluteUri, target, Size, CallSettings.None, (_, _) => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false)), CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(3, files.Exchanges.Count);
        Assert.NotNull(files.Exchanges[1].Header("If-Range"));
        Assert.Equal(Size, target.Length);
        target.Position = 0;
        byte[] line = new byte[Megabyte];
        for (int at = 0; at < Size; at += line.Length)
        {
            target.ReadExactly(line);
            Assert.Equal(Expected(at), BitConverter.ToInt32(line));
        }

        // The server of the test is in the same process and writes in pieces as well.
        Assert.InRange(most - before, long.MinValue, 24L * Megabyte);
    }

    [Theory]
    [InlineData("8.8.8.8", false)]
    [InlineData("2606:4700::1111", false)]
    [InlineData("10.1.2.3", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("198.19.0.1", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("::", true)]
    [InlineData("::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("2002:7f00:1::", true)]
    public void Address_InternalOrPublic_IsToldApart(string address, bool isInternal) => Assert.Equal(isInternal, PublicAddress.IsInternal(IPAddress.Parse(address)));

    private static int Expected(int at) => at / (1024 * 1024);

    private static int From(RawExchange exchange) => int.Parse(exchange.Header("Range")!["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);

    // Each megabyte begins with its number. What is sent ends before what is announced, unless it is the end.
    private static async Task SendAsync(RawExchange exchange, int from, int to, int size)
    {
        string range = from == 0 ? "200 OK" : string.Create(CultureInfo.InvariantCulture, $"206 Partial Content\r\nContent-Range: bytes {from}-{size - 1}/{size}");
        await exchange.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {range}\r\nContent-Type: video/mp4\r\nETag: \"v1\"\r\nContent-Length: {size - from}\r\n\r\n")));
        byte[] piece = new byte[1024 * 1024];
        for (int at = from - (from % piece.Length); at < to; at += piece.Length)
        {
            BitConverter.TryWriteBytes(piece, Expected(at));
            int skip = Math.Max(0, from - at);
            await exchange.WriteAsync(skip == 0 ? piece : piece[skip..]);
        }

        exchange.Dispose();
    }

    private async Task<string> CopyAsync(ServiceConnection connection, Uri address, CallSettings? settings = null)
    {
        using FileStream target = new(_file, FileMode.Create);
        await MediaDownload.Of(connection).CopyAsync(address.AbsoluteUri, target, 1000, settings ?? CallSettings.None, null, CancellationToken.None).WaitAsync(Engine.Patience);
        await target.FlushAsync();
        target.Position = 0;
        using StreamReader reader = new(target);
        return await reader.ReadToEndAsync();
    }
}
