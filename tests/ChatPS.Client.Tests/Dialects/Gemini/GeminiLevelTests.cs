using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Dialects.Gemini;

public sealed class GeminiLevelTests
{
    private const string Refused = """{"error":{"code":400,"message":"Thinking level is not supported for this model.","status":"INVALID_ARGUMENT"}}""";
    private const string Hello = """{"candidates":[{"content":{"parts":[{"text":"Hi"}],"role":"model"},"finishReason":"STOP","index":0}],"modelVersion":"m","responseId":"r"}""";

    [Fact]
    public async Task Complete_ModelThatRefusesLevels_GetsABudgetAndIsRemembered()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(400, Refused), RawServer.Answer(200, Hello));
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion first = await AskAsync(connection, "medium");
        ChatCompletion second = await AskAsync(connection, "high");

        Assert.Equal(("Hi", "Hi"), (first.Text, second.Text));
        Assert.Equal(["\"thinkingLevel\":\"MEDIUM\"", "\"thinkingBudget\":8192", "\"thinkingBudget\":24576"], server.Exchanges.Select(Thinking));
    }

    [Fact]
    public async Task Complete_AnotherModelOfTheConnection_GetsItsLevel()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(400, Refused), RawServer.Answer(200, Hello));
        using ServiceConnection connection = Connect(server.BaseUri);

        await AskAsync(connection, "low");
        await AskAsync(connection, "low", "other");

        Assert.Equal("\"thinkingLevel\":\"LOW\"", Thinking(server.Exchanges[^1]));
    }

    [Theory]
    [InlineData("low", "Thinking level LOW is not supported for this model.")]
    [InlineData("odd", "Invalid value at 'generation_config.thinking_config.thinking_level'")]
    [InlineData("low", "temperature is too high")]
    public async Task Complete_AnotherRefusal_IsTheError(string effort, string message)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(400, $$$"""{"error":{"code":400,"message":"{{{message}}}","status":"INVALID_ARGUMENT"}}"""));
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(connection, effort));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Sandbox_ModelWithABudget_AnswersWholeAsAStreamAndIsCounted()
    {
        using SandboxServer server = SandboxServer.Start();
        ChatRequest request = Engine.Ask() with { Model = "sandbox-budget", ReasoningEffort = "low" };

        using ServiceConnection whole = Connect(server.BaseUri);
        Assert.NotEmpty((await whole.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None)).Reasoning!);

        using ServiceConnection streamed = Connect(server.BaseUri);
        IReadOnlyList<ChatCompletionUpdate> pieces = await Engine.CollectAsync(streamed.Chat.StreamAsync(request, CallSettings.None, CancellationToken.None));
        Assert.NotEmpty(pieces[^1].Completion!.Reasoning!);
    }

    private static Task<ChatCompletion> AskAsync(ServiceConnection connection, string effort, string? model = null) =>
        connection.Chat.CompleteAsync(Engine.Ask() with { ReasoningEffort = effort, Model = model }, CallSettings.None, CancellationToken.None);

    private static string Thinking(RawExchange exchange)
    {
        int start = exchange.Body.IndexOf("\"thinking", exchange.Body.IndexOf("thinkingConfig", StringComparison.Ordinal), StringComparison.Ordinal);
        return exchange.Body.Substring(start, exchange.Body.IndexOfAny([',', '}'], start) - start);
    }

    private static ServiceConnection Connect(Uri address) => Engine.Connect(
        new ConnectionSettings { BaseUri = BaseAddress.OfHost(address, KnownDialects.Gemini).BaseUri, Dialect = KnownDialects.Gemini, Model = "m", MaxRetry = 0 });
}
