using System.Security.Cryptography.X509Certificates;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Calls;

public sealed class RedirectTests
{
    private const string Models = """{"object":"list","data":[{"id":"m"}]}""";

    [Theory]
    [InlineData(307, "/v1/chat/completions/")]
    [InlineData(308, "/v1/chat/completions/?tenant=a")]
    [InlineData(308, "completions/")]
    public async Task Call_SameOrigin_IsFollowedWithMethodBodyAndKey(int status, string location)
    {
        using RawServer server = RawServer.Start(Moved(status, location), RawServer.Answer(200, Engine.Answer("there")));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("there", (await connection.CompleteAsync()).Text);

        RawExchange[] requests = [.. server.Exchanges];
        Assert.Equal(2, requests.Length);
        Assert.StartsWith($"POST {new Uri(new Uri($"{server.BaseUri}/chat/completions"), location).PathAndQuery} HTTP/1.1", requests[1].Head, StringComparison.Ordinal);
        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.Equal("Bearer " + Engine.Key, requests[1].Header("Authorization"));
    }

    [Fact]
    public async Task Call_AbsoluteAddressOfTheSameOrigin_IsFollowed()
    {
        string origin = "";
        using RawServer server = RawServer.Start(exchange => exchange.AnswerAsync(308, "", "text/plain", $"Location: {origin}/v2/chat/completions"), RawServer.Answer(200, Engine.Answer("there")));
        origin = server.BaseUri.GetLeftPart(UriPartial.Authority).ToUpperInvariant().Replace("HTTP", "http", StringComparison.Ordinal);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("there", (await connection.CompleteAsync()).Text);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task List_SameOrigin_IsFollowed(int status)
    {
        using RawServer server = RawServer.Start(Moved(status, "/v1/models/"), RawServer.Answer(200, Models));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Single(await connection.Models.ListAsync(CallSettings.None, default));
        Assert.StartsWith("GET /v1/models/ ", server.Exchanges[1].Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task Call_RedirectThatWouldChangeTheMethod_IsAnError(int status)
    {
        using RawServer server = RawServer.Answering(status, "", "text/plain", "Location: /v1/elsewhere");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((ErrorIds.InvalidRequest, status), (failure.ErrorId, failure.StatusCode));
        Assert.Contains($"it has moved to {server.BaseUri.GetLeftPart(UriPartial.Authority)}/v1/elsewhere", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData("http://127.0.0.2:{0}/v1/chat/completions")]
    [InlineData("http://localhost:{0}/v1/chat/completions")]
    [InlineData("http://127.0.0.1.example.com:{0}/v1/chat/completions")]
    [InlineData("http://127.0.0.1:{0}@example.com/v1/chat/completions")]
    [InlineData("//example.com/v1/chat/completions")]
    [InlineData("\\\\example.com\\v1\\chat")]
    [InlineData("http://user:password@127.0.0.1:{0}/v1/chat/completions")]
    [InlineData("https://127.0.0.1:{0}/v1/chat/completions")]
    [InlineData("http://127.0.0.1:1/v1/chat/completions")]
    [InlineData("http://127.0.0.1/v1/chat/completions")]
    [InlineData("ftp://127.0.0.1:{0}/v1/chat/completions")]
    [InlineData("file:///v1/chat/completions")]
    [InlineData("javascript:alert(1)")]
    public async Task Call_AnotherOrigin_IsAnErrorAndNothingIsSentThere(string location)
    {
        int port = 0;
        using RawServer server = RawServer.Start(exchange => exchange.AnswerAsync(307, "", "text/plain", "Location: " + location.Replace("{0}", $"{port}", StringComparison.Ordinal)));
        port = server.BaseUri.Port;
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 2);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((ErrorIds.InvalidRequest, 1), (failure.ErrorId, failure.Attempts));
        Assert.Contains("it has moved to", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Keys are never sent on", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("password", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Call_DownToPlainHttp_IsAnErrorAndTheKeyStays()
    {
        using SandboxServer plain = SandboxServer.Start();
        using RawServer server = RawServer.Answering(308, "", "text/plain", $"Location: http://localhost:{plain.BaseUri.Port}/v1/chat/completions");
        using X509Certificate2 certificate = Certificates.For("localhost");
        using TlsFront front = TlsFront.Start(server.BaseUri, certificate);
        string authority = Certificates.Save(certificate);
        try
        {
            using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = front.BaseUri, Key = Engine.Secret(Engine.Key), Model = "m", CertificateAuthorityPath = authority });

            Assert.Equal(ErrorIds.InvalidRequest, (await connection.FailAsync()).ErrorId);
            Assert.Equal(0, plain.RequestCount);
        }
        finally
        {
            File.Delete(authority);
        }
    }

    [Fact]
    public async Task Call_UpToHttps_IsAnErrorThatTellsTheAddress()
    {
        using RawServer server = RawServer.Answering(301, "", "text/plain", "Location: https://127.0.0.1/v1/chat/completions");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Contains("https://127.0.0.1/v1/chat/completions", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Connect to the new address", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_Loop_EndsAfterFiveHops()
    {
        using RawServer server = RawServer.Answering(307, "", "text/plain", "Location: /v1/chat/completions");
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 3);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((ErrorIds.BadResponse, 1), (failure.ErrorId, failure.Attempts));
        Assert.Contains("more than 5 times", failure.Message, StringComparison.Ordinal);
        Assert.Equal(6, server.Exchanges.Count);
    }

    [Fact]
    public async Task Call_FailsBehindARedirect_TheNextAttemptStartsAtTheBeginning()
    {
        using RawServer server = RawServer.Start(
            Moved(307, "/v1/old"), RawServer.Answer(500, "{}", "application/json", "retry-after-ms: 1"), Moved(307, "/v1/new"), RawServer.Answer(200, Engine.Answer("there")));
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 1);

        Assert.Equal("there", (await connection.CompleteAsync()).Text);
        Assert.Equal(["/v1/chat/completions", "/v1/old", "/v1/chat/completions", "/v1/new"], server.Exchanges.Select(exchange => exchange.Head.Split(' ')[1]));
    }

    [Fact]
    public async Task Call_RedirectWithoutAddress_IsAnError()
    {
        using RawServer server = RawServer.Answering(307, "", "text/plain");
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Contains("it has moved.", (await connection.FailAsync()).Message, StringComparison.Ordinal);
    }

    private static Func<RawExchange, Task> Moved(int status, string location) => RawServer.Answer(status, "", "text/plain", "Location: " + location);
}
