using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Anthropic;

/// <summary>How a model is told to think, by what is known of it.</summary>
public sealed class AnthropicThinkingTests
{
    private const string Both = "thinking thinking.adaptive thinking.enabled thinking.disabled effort effort.low effort.high";
    private const string Adaptive = "thinking thinking.adaptive effort effort.low effort.high effort.xhigh";
    private const string Budget = "thinking thinking.enabled thinking.disabled image_input";
    private const string Found = """{"type":"model","id":"m","capabilities":{"thinking":{"supported":true,"types":{"adaptive":{"supported":true},"enabled":{"supported":false}}}}}""";

    [Theory]
    [InlineData(null, 2000, null, null, """thinking":{"type":"enabled","budget_tokens":2000}""")]
    [InlineData(Both, 2000, null, null, """thinking":{"type":"enabled","budget_tokens":2000}""")]
    [InlineData(Adaptive, 2000, null, null, """thinking":{"type":"adaptive"}""")]
    [InlineData(Adaptive, 2000, "high", null, """thinking":{"type":"adaptive"},"output_config":{"effort":"high"}""")]
    [InlineData(null, 0, null, null, """thinking":{"type":"disabled"}""")]
    [InlineData(Both, 0, null, null, """thinking":{"type":"disabled"}""")]
    [InlineData(null, null, "none", null, """thinking":{"type":"disabled"}""")]
    [InlineData(null, null, "high", null, """4096,"messages":[{"role":"user","content":[{"type":"text","text":"hello"}]}],"output_config":{"effort":"high"}""")]
    [InlineData(Both, null, "high", null, """thinking":{"type":"adaptive"},"output_config":{"effort":"high"}""")]
    [InlineData(Adaptive, null, "xhigh", "none", """thinking":{"type":"adaptive","display":"omitted"},"output_config":{"effort":"xhigh"}""")]
    [InlineData(null, null, null, "auto", """thinking":{"type":"adaptive","display":"summarized"}""")]
    [InlineData(Budget, 2000, null, "auto", """thinking":{"type":"enabled","budget_tokens":2000,"display":"summarized"}""")]
    [InlineData("image_input", 2000, "high", null, """thinking":{"type":"enabled","budget_tokens":2000},"output_config":{"effort":"high"}""")]
    public void ToJson_Thinking_IsInTheFormOfTheModel(string? abilities, int? budget, string? effort, string? summary, string expected) =>
        Assert.Contains(expected, Json(Ask(abilities) with { ThinkingBudget = budget, ReasoningEffort = effort, ReasoningSummary = summary }), StringComparison.Ordinal);

    [Theory]
    [InlineData(Adaptive, 0, null, null, "-ThinkingBudget 0: the model 'm' always thinks.")]
    [InlineData(Adaptive, null, "none", null, "-ReasoningEffort none: the model 'm' always thinks.")]
    [InlineData(Both, null, "max", null, "-ReasoningEffort max: the model 'm' takes low, high.")]
    [InlineData("thinking.between_tools", 2000, null, null, "-ThinkingBudget: the model 'm' takes no budget")]
    [InlineData(Budget, null, null, "auto", "-ReasoningSummary: the model 'm' thinks only with a budget.")]
    [InlineData(null, 2000, null, "detailed", "-ReasoningSummary 'detailed'")]
    [InlineData(null, 100, null, null, "-ThinkingBudget is 100")]
    public void ToJson_Thinking_ThatTheModelHasNot_IsRefused(string? abilities, int? budget, string? effort, string? summary, string expected)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Json(Ask(abilities) with { ThinkingBudget = budget, ReasoningEffort = effort, ReasoningSummary = summary }));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.RecommendedAction);
    }

    [Fact]
    public void ToJson_EffortBesideWhatRulesOutThinking_AddsNoThinking()
    {
        ChatRequest request = Ask(Both) with { ReasoningEffort = "low" };

        Assert.All(
            [request with { Temperature = 0.2 }, request with { TopK = 3 }, request with { ToolChoice = "required" }],
            one => Assert.DoesNotContain("\"thinking\"", Json(one), StringComparison.Ordinal));
        Assert.Contains("\"thinking\"", Json(request with { Temperature = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_Budget_LooksTheModelUpOnceAndWarnsOnce()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, Found),
            RawServer.Answer(200, """{"type":"message","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn"}"""));
        using ServiceConnection connection = Connect(server);
        List<string> warnings = [];
        CallSettings settings = new() { Warning = warnings.Add };

        await AskAsync(connection, Engine.Ask() with { ThinkingBudget = 2000 }, settings);
        await AskAsync(connection, Engine.Ask() with { ThinkingBudget = 3000 }, settings);

        Assert.Equal(["GET /v1/models/m", "POST /v1/messages", "POST /v1/messages"], server.Exchanges.Select(exchange => exchange.Head.Split(" HTTP")[0]));
        Assert.Contains("\"thinking\":{\"type\":\"adaptive\"}", server.Exchanges[2].Body, StringComparison.Ordinal);
        Assert.StartsWith("-ThinkingBudget: the model 'm' takes no budget", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_LookThatFails_IsForgiven()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(404, "{}"),
            RawServer.Answer(200, """{"type":"message","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn"}"""));
        using ServiceConnection connection = Connect(server);

        Assert.Equal("hi", (await AskAsync(connection, Engine.Ask() with { ReasoningEffort = "high" })).Text);
        Assert.Equal("hi", (await AskAsync(connection, Engine.Ask() with { ReasoningEffort = "low" })).Text);
        Assert.Equal(3, server.Exchanges.Count);
    }

    private static ChatRequest Ask(string? abilities) => Engine.Ask() with { Model = "m", Known = abilities is null ? null : new ChatModel { Id = "m", Capabilities = abilities.Split(' ') } };

    private static string Json(ChatRequest request) =>
        Encoding.UTF8.GetString(KnownDialects.Anthropic.Chat.ToJson(request, new ConnectionSettings { Dialect = KnownDialects.Anthropic }, CallSettings.None));

    private static Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request, CallSettings? settings = null) =>
        connection.Chat.CompleteAsync(request, settings ?? CallSettings.None, CancellationToken.None).WaitAsync(Engine.Patience);

    private static ServiceConnection Connect(RawServer server) =>
        new(new ConnectionSettings { BaseUri = server.BaseUri, Dialect = KnownDialects.Anthropic, Model = "m", MaxRetry = 0 });
}
