using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Kept;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Calls;

/// <summary>What a user adds to a call, beside what its endpoint and its connection send.</summary>
public sealed class HatchHandlerTests
{
    [Fact]
    public async Task Header_OfTheCall_WinsOverOneOfOurs()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("x"));
        using ServiceConnection connection = Engine.Connect(server);

        await connection.CompleteAsync(settings: new CallSettings
        {
            AdditionalHeader = new Dictionary<string, string> { ["accept"] = "application/x-test", ["Content-Type"] = "application/vnd.test+json", ["User-Agent"] = "mine/1.0" },
        });

        RawExchange request = Assert.Single(server.Exchanges);
        Assert.Equal(("application/x-test", "application/vnd.test+json", "mine/1.0"), (request.Header("Accept"), request.Header("Content-Type"), request.Header("User-Agent")));
    }

    [Fact]
    public async Task Header_OnEveryAttempt_IsSentOnce()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(500, "{}", headers: "Retry-After: 0"), RawServer.Answer(200, Engine.Answer("x")));
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 1);

        await connection.CompleteAsync(settings: new CallSettings
        {
            AdditionalHeader = new Dictionary<string, string> { ["X-Team"] = "7" },
            AdditionalQuery = new Dictionary<string, string> { ["tag"] = "a b" },
        });

        Assert.Equal(2, server.Exchanges.Count);
        Assert.All(server.Exchanges, request => Assert.Equal("7", request.Header("X-Team")));
        Assert.All(server.Exchanges, request => Assert.StartsWith("POST /v1/chat/completions?tag=a%20b HTTP/1.1\r\n", request.Head, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "?api-version=2024-10-21")]
    [InlineData("preview", "?api-version=preview")]
    public async Task Query_OfTheConnection_GivesWayToTheCalls(string? own, string expected)
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("x"));
        Dialect azure = KnownDialects.Find("AzureOpenAI", "-Dialect");
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = azure, BaseUri = server.BaseUri, ApiVersion = "2024-10-21", Key = Engine.Secret(Engine.Key), Model = "m", MaxRetry = 0 });

        await connection.CompleteAsync(settings: new CallSettings { AdditionalQuery = own is null ? null : new Dictionary<string, string> { ["API-Version"] = own } });

        Assert.Contains(expected, Assert.Single(server.Exchanges).Head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, Assert.Single(server.Exchanges).Head.Split("api-version", StringSplitOptions.None).Length + Assert.Single(server.Exchanges).Head.Split("API-Version", StringSplitOptions.None).Length - 2);
    }

    [Fact]
    public async Task Query_PlaceInAList_StaysTheLists()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"data":[{"role":"user","content":"b","id":"b"}],"has_more":true,"last_id":"b"}"""),
            RawServer.Answer(200, """{"data":[{"role":"user","content":"c","id":"c"}],"has_more":false}"""));
        using ServiceConnection connection = Engine.Connect(server);

        IReadOnlyList<ChatMessage> messages = await connection.StoredCompletions.GetMessagesAsync(
            "x", new CallSettings { AdditionalQuery = new Dictionary<string, string> { ["after"] = "a", ["limit"] = "1" } }, CancellationToken.None);

        Assert.Equal(["b", "c"], messages.Select(message => message.Text));
        Assert.Equal(
            ["GET /v1/chat/completions/x/messages?order=asc&after=a&limit=1 HTTP/1.1", "GET /v1/chat/completions/x/messages?order=asc&after=b&limit=1 HTTP/1.1"],
            server.Exchanges.Select(request => request.Head.Split("\r\n")[0]));
    }
}
