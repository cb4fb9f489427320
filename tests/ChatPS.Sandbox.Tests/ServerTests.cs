using System.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ChatPS.Sandbox.Tests;

public sealed class ServerTests : SandboxTest
{
    [Fact]
    public void Start_Default_ListensOnLoopback()
    {
        Assert.True(Server.IsRunning);
        Assert.InRange(Server.Port, 1, 65535);
        Assert.Equal($"http://127.0.0.1:{Server.Port}/v1", Server.BaseUri.ToString());
    }

    [Fact]
    public void Start_TakenPort_SaysSo()
    {
        IOException error = Assert.Throws<IOException>(() => SandboxServer.Start(new SandboxOptions { Port = Server.Port }));

        Assert.Contains($"Port {Server.Port} on 127.0.0.1 is already in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortOfAStoppedServer_IsFreeAtOnce()
    {
        using SandboxServer first = SandboxServer.Start();
        await Client.GetStringAsync(first.BaseUri + "/models");
        first.Dispose();

        Start(new SandboxOptions { Port = first.Port });

        Assert.NotEmpty(await Client.GetStringAsync(Address("/v1/models")));
    }

    [Fact]
    public void Start_InvalidOptions_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SandboxServer.Start(new SandboxOptions { Port = 70000 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SandboxServer.Start(new SandboxOptions { Latency = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SandboxServer.Start(new SandboxOptions { MaxConnections = 0 }));
    }

    [Fact]
    public async Task Requests_InParallel_AreAllAnsweredAndRecorded()
    {
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i => ContentOf(await AskChatAsync($"number {i}"))));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"You said: number {i}"), answers);
        Assert.Equal(200, Server.RequestCount);
        Assert.Equal(200, Server.GetRequests().Select(request => request.Number).Distinct().Count());
        Assert.Equal(0, Server.OpenRequests);
    }

    [Fact]
    public async Task Requests_BeyondMaxConnections_WaitForTheirTurn()
    {
        Start(new SandboxOptions { MaxConnections = 4, Latency = TimeSpan.FromMilliseconds(5) });

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => AskChatAsync($"number {i}")));

        Assert.Equal(60, Server.RequestCount);
    }

    [Fact]
    public async Task Connections_Idle_MakeRoomForOthers()
    {
        Start(new SandboxOptions { MaxConnections = 1 });
        using HttpClient other = new(new SocketsHttpHandler { UseProxy = false });

        await Client.GetStringAsync(Address("/v1/models"));
        await other.GetStringAsync(Address("/v1/models"));
        await Client.GetStringAsync(Address("/v1/models"));

        Assert.Equal(3, Server.RequestCount);
    }

    [Fact]
    public async Task Connections_WithoutARequest_MakeRoomAfterAWhile()
    {
        Start(new SandboxOptions { MaxConnections = 1 });
        using TcpClient unused = new();
        await unused.ConnectAsync(IPAddress.Loopback, Server.Port);

        Assert.NotEmpty(await Client.GetStringAsync(Address("/v1/models")));
    }

    [Theory]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")]
    public async Task Connections_ThatStopWithinARequest_MakeRoomAfterAWhile(string half)
    {
        Start(new SandboxOptions { MaxConnections = 1 });
        using TcpClient silent = new();
        await silent.ConnectAsync(IPAddress.Loopback, Server.Port);
        await silent.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half.Replace("127.0.0.1", $"127.0.0.1:{Server.Port}", StringComparison.Ordinal)));

        Assert.NotEmpty(await Client.GetStringAsync(Address("/v1/models")));
    }

    [Fact]
    public async Task Dispose_WhileAnswering_EndsWithinASecond()
    {
        Start(new SandboxOptions { Faults = [new SandboxFault { Kind = SandboxFaultKind.Silence }] });
        Task<HttpResponseMessage>[] silent = Enumerable.Range(0, 20).Select(_ => PostAsync("/v1/chat/completions", Chat("x"))).ToArray();
        await Eventually(() => Server.OpenRequests == 20);

        Stopwatch watch = Stopwatch.StartNew();
        Server.Dispose();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1));
        Assert.False(Server.IsRunning);
        Assert.Equal(0, Server.OpenRequests);
        Assert.All(Server.GetRequests(), request => Assert.False(request.Aborted));
        foreach (Task<HttpResponseMessage> answer in silent)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        }

        using TcpClient client = new();
        await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, Server.Port));
    }

    [Fact]
    public void Dispose_Twice_IsHarmless()
    {
        Server.Dispose();
        Server.Dispose();

        Assert.False(Server.IsRunning);
    }
}
