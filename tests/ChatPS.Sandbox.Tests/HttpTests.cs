using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatPS.Sandbox.Tests;

/// <summary>The HTTP underneath, spoken by hand where no client would speak it so.</summary>
public sealed class HttpTests : SandboxTest
{
    private static readonly string Body = Chat("hello");

    [Fact]
    public async Task KeepAlive_SeveralRequests_ShareOneConnection()
    {
        using TcpClient client = await ConnectAsync();
        for (int i = 0; i < 3; i++)
        {
            await SendAsync(client, "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n");
            string answer = await ReadAnswerAsync(client);
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Connection: close", answer, StringComparison.Ordinal);
        }

        Assert.Equal(3, Server.RequestCount);
    }

    [Theory]
    [InlineData("HTTP/1.1", "Connection: close\r\n")]
    [InlineData("HTTP/1.0", "")]
    public async Task Close_AskedFor_EndsTheConnection(string version, string header)
    {
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, $"GET /v1/models {version}\r\nHost: localhost\r\n{header}\r\n");

        string answer = await ReadToEndAsync(client);

        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.EndsWith("}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http10_Stream_IsSentWithoutChunks()
    {
        using TcpClient client = await ConnectAsync();
        string body = Chat("hi", ""","stream":true""");
        await SendAsync(client, $"POST /v1/chat/completions HTTP/1.0\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

        string answer = await ReadToEndAsync(client);

        Assert.DoesNotContain("Transfer-Encoding", answer, StringComparison.Ordinal);
        Assert.EndsWith("\n\ndata: [DONE]\n\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChunkedRequest_FromHttpClient_IsRead()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address("/v1/chat/completions")) { Content = Json(Chat("好👋")) };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await Client.SendAsync(request);

        Assert.Equal("You said: 好👋", ContentOf(Parse(await response.Content.ReadAsStringAsync())));
        Assert.Equal("chunked", Assert.Single(Server.GetRequests()).Headers["Transfer-Encoding"]);
    }

    [Fact]
    public async Task ChunkedRequest_ByteByByteWithExtensionsAndTrailer_IsRead()
    {
        using TcpClient client = await ConnectAsync();
        byte[] body = Encoding.UTF8.GetBytes(Chat("é"));
        StringBuilder chunks = new("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (byte b in body)
        {
            chunks.Append("1;ext=\"a\"\r\n").Append((char)b).Append("\r\n");
        }

        chunks.Append("0\r\nTrailer: x\r\n\r\n");
        foreach (byte b in Encoding.Latin1.GetBytes(chunks.ToString()))
        {
            await client.GetStream().WriteAsync(new[] { b });
        }

        Assert.Contains("You said: é", await ReadAnswerAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpectContinue_IsAnsweredBeforeTheBody()
    {
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: {Body.Length}\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await ReadHeadAsync(client));

        await SendAsync(client, Body);

        Assert.Contains("You said: hello", await ReadAnswerAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /v1/models\r\n\r\n", 400)]
    [InlineData("GET /v1/models HTTP/2.0\r\nHost: localhost\r\n\r\n", 505)]
    [InlineData("GET /v1/models HTTP/1.1\r\n\r\n", 400)]
    [InlineData("G@T /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET models HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX-Split: a\nb: c\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nHost: y\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: gold\r\n\r\n", 417)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400)]
    public async Task MalformedHttp_IsRefusedAndTheConnectionClosed(string request, int status)
    {
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, request);

        string answer = await ReadToEndAsync(client);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Contains("\"error\"", answer, StringComparison.Ordinal);
        Assert.Empty(Server.GetRequests());
    }

    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:{port}", false)]
    [InlineData("localhost.evil.example:{port}", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("localhost:1", false)]
    [InlineData("192.0.2.1:{port}", false)]
    [InlineData("", false)]
    [InlineData("localhost:{port}", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1:{port}", true)]
    [InlineData("[::1]:{port}", true)]
    public async Task Host_OtherThanItsOwn_IsRefused(string host, bool isOwn)
    {
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, $"GET /v1/models HTTP/1.1\r\nHost: {host.Replace("{port}", Server.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith(isOwn ? "HTTP/1.1 200 " : "HTTP/1.1 421 ", await ReadToEndAsync(client), StringComparison.Ordinal);
        Assert.Equal(isOwn ? 1 : 0, Server.GetRequests().Count);
    }

    [Fact]
    public async Task RequiredKey_Missing_IsAskedForBeforeTheBodyIsRead()
    {
        Start(new SandboxOptions { RequiredKey = "sk-test-right" });
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");

        string answer = await ReadToEndAsync(client);

        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(Server.GetRequests()).Body);
    }

    [Fact]
    public async Task LargeHead_IsRefused()
    {
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: " + new string('a', 100_000));

        Assert.StartsWith("HTTP/1.1 431 ", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LargeBody_IsRefusedWithTheAnswerDelivered(bool chunked)
    {
        Start(new SandboxOptions { MaxBodyBytes = 1000 });
        using HttpRequestMessage request = new(HttpMethod.Post, Address("/v1/chat/completions")) { Content = Json(Chat(new string('a', 200_000))) };
        request.Headers.TransferEncodingChunked = chunked;

        using HttpResponseMessage response = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task LargeBody_WithinTheLimit_IsRead()
    {
        string prompt = string.Concat(Enumerable.Repeat("好 ", 700_000));

        Assert.Equal("You said: " + prompt, ContentOf(await AskChatAsync(prompt)));
    }

    [Fact]
    public async Task ProxyForm_OfTheTarget_IsUnderstood()
    {
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, "GET http://api.example.com/v1/models?a=b HTTP/1.1\r\nHost: api.example.com\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", await ReadAnswerAsync(client), StringComparison.Ordinal);
        Assert.Equal("/v1/models", Assert.Single(Server.GetRequests()).Path);
    }

    [Fact]
    public async Task Head_HasNoBody()
    {
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        string answer = await ReadToEndAsync(client);

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_EachEvent_IsSentOnItsOwn()
    {
        Start(new SandboxOptions { ChunkDelay = TimeSpan.FromMilliseconds(30) });
        using HttpRequestMessage request = new(HttpMethod.Post, Address("/v1/chat/completions")) { Content = Json(Chat("a b c", ""","stream":true""")) };
        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());

        string? first = await reader.ReadLineAsync();

        Assert.StartsWith("data: {", first, StringComparison.Ordinal);
        Assert.Equal(1, Server.OpenRequests);
        Assert.EndsWith("data: [DONE]\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(0, Server.OpenRequests);
        Assert.True(Assert.Single(Server.GetRequests()).Elapsed >= TimeSpan.FromMilliseconds(6 * 30 - 10));
    }

    [Fact]
    public async Task Stream_ClientLeaves_IsRecordedAsAborted()
    {
        Start(new SandboxOptions { ChunkDelay = TimeSpan.FromMinutes(1) });
        using HttpRequestMessage request = new(HttpMethod.Post, Address("/v1/chat/completions")) { Content = Json(Chat("a b c", ""","stream":true""")) };
        using (HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await Eventually(() => Assert.Single(Server.GetRequests()).Aborted);
        await Eventually(() => Server.OpenRequests == 0);
    }

    [Fact]
    public async Task Latency_DelaysTheAnswer()
    {
        Start(new SandboxOptions { Latency = TimeSpan.FromMilliseconds(100) });

        await AskChatAsync("hi");

        // Timers count in ticks of up to 16 ms, and may be one early.
        Assert.InRange(Assert.Single(Server.GetRequests()).Elapsed, TimeSpan.FromMilliseconds(84), TimeSpan.MaxValue);
    }

    private static Task SendAsync(TcpClient client, string text) => client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using StreamReader reader = new(client.GetStream());
        return await reader.ReadToEndAsync();
    }

    private static async Task<string> ReadHeadAsync(TcpClient client)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await client.GetStream().ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private static async Task<string> ReadAnswerAsync(TcpClient client)
    {
        string head = await ReadHeadAsync(client);
        string length = head.Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..];
        byte[] body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
        await client.GetStream().ReadExactlyAsync(body);
        return head + Encoding.UTF8.GetString(body);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, Server.Port);
        return client;
    }
}
