using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Kept;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Tools;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Dialects.Gemini;

/// <summary>How Gemini's answers end, pause and go on, and the thoughts that must go back.</summary>
public sealed class GeminiEndTests : IDisposable
{
    private readonly SandboxServer _server = SandboxServer.Start(new SandboxOptions());
    private readonly ServiceConnection _connection;

    public GeminiEndTests() => _connection = Connect(BaseAddress.OfHost(_server.BaseUri, KnownDialects.Gemini).BaseUri);

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("MALFORMED_FUNCTION_CALL", ErrorIds.BadResponse, "fewer tools")]
    [InlineData("UNEXPECTED_TOOL_CALL", ErrorIds.BadResponse, "-Tool")]
    [InlineData("TOO_MANY_TOOL_CALLS", ErrorIds.BadResponse, "less at once")]
    [InlineData("MISSING_THOUGHT_SIGNATURE", ErrorIds.InvalidRequest, "Messages of the answer")]
    [InlineData("MALFORMED_RESPONSE", ErrorIds.BadResponse, "Ask again")]
    [InlineData("NO_IMAGE", ErrorIds.BadResponse, "-Modality")]
    [InlineData("IMAGE_OTHER", ErrorIds.BadResponse, "other words")]
    [InlineData("LANGUAGE", ErrorIds.BadResponse, "another language")]
    [InlineData("OTHER", ErrorIds.BadResponse, "other words")]
    public async Task Answer_WithoutContent_IsAFailureThatSaysWhatToDo(string reason, string id, string advice)
    {
        using RawServer server = RawServer.Answering(200, $$$"""{"candidates":[{"finishReason":"{{{reason}}}","finishMessage":"So it went."}],"usageMetadata":{"promptTokenCount":3}}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatServiceException failure = await connection.FailAsync();
        ChatServiceException streamed = await connection.FailStreamAsync();

        Assert.Equal((id, reason), (failure.ErrorId, failure.ServiceCode));
        Assert.Equal(id, streamed.ErrorId);
        Assert.Contains($"({reason}): So it went.", failure.Message, StringComparison.Ordinal);
        Assert.Contains(advice, failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MALFORMED_FUNCTION_CALL", "malformed_function_call", null)]
    [InlineData("MODEL_ARMOR", "content_filter", "So it went.")]
    public async Task Answer_WithSomeContent_IsGivenWithItsReason(string reason, string word, string? refusal)
    {
        using RawServer server = RawServer.Answering(200, $$$"""{"candidates":[{"content":{"parts":[{"text":"half"}]},"finishReason":"{{{reason}}}","finishMessage":"So it went."}]}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion answer = await connection.CompleteAsync();

        Assert.Equal(("half", word, refusal), (answer.Text, answer.FinishReason, answer.Refusal));
    }

    [Fact]
    public async Task BotchedCall_WithAnEmptyContent_IsAnAnswerWithItsReason()
    {
        using RawServer server = RawServer.Answering(200, """{"candidates":[{"content":{},"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"So it went."}]}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion answer = await connection.CompleteAsync();

        Assert.Equal(("", "malformed_function_call"), (answer.Text, answer.FinishReason));
    }

    [Theory]
    [InlineData("SAFETY")]
    [InlineData("OTHER")]
    [InlineData("BLOCKLIST")]
    [InlineData("PROHIBITED_CONTENT")]
    [InlineData("IMAGE_SAFETY")]
    [InlineData("MODEL_ARMOR")]
    [InlineData("JAILBREAK")]
    public async Task Prompt_ThatIsBlocked_IsFiltered(string reason)
    {
        using RawServer server = RawServer.Answering(200, $$$"""{"promptFeedback":{"blockReason":"{{{reason}}}"}}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.ContentFiltered, failure.ErrorId);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pauses_AreGoneOnWith_UntilTheAnswerIsWhole(bool stream)
    {
        ChatRequest request = Engine.Ask("tell me all of it and pause 2 times") with { ReasoningEffort = "high" };

        (ChatCompletion answer, string told) = await AskAsync(_connection, request, stream);

        Assert.Equal(("You said: tell me all of it and pause 2 times", "stop"), (answer.Text, answer.FinishReason));
        Assert.Equal(answer.Text, told);
        Assert.Equal(3, _server.GetRequests().Count);
        Assert.Equal([false, true, true], _server.GetRequests().Select(sent => sent.Body.Contains("continuationToken", StringComparison.Ordinal)));
        Assert.Equal(3 * 9, answer.Usage!.InputTokens);
        Assert.Equal(12, answer.Usage.OutputTokens - answer.Usage.ReasoningTokens);

        CheckpointOrigin origin = new(new CheckpointRecord { Raw = answer.Raw }, _connection.Settings, CallSettings.None);
        ChatCompletion restored = KnownDialects.Gemini.Chat.Restore(answer.Raw, stream, request, origin);
        Assert.Equal((answer.Text, answer.Reasoning, answer.FinishReason, answer.Usage.ToString(), answer.Message!.Raw), (restored.Text, restored.Reasoning, restored.FinishReason, restored.Usage!.ToString(), restored.Message!.Raw));
    }

    [Theory]
    [InlineData("high", null, false)]
    [InlineData("high", null, true)]
    [InlineData(null, 2000, false)]
    [InlineData(null, 2000, true)]
    public async Task ToolLoop_Signatures_GoBackOnTheirParts(string? effort, int? budget, bool stream)
    {
        ToolLoop loop = new(_connection.Chat, new ToolLimits(5, 10), _ => false, (call, _) =>
        {
            call.Output = "4 C";
            return Task.CompletedTask;
        });
        ChatRequest request = Calling(effort, budget);

        ChatCompletion answer = stream
            ? (await Engine.CollectAsync(loop.StreamAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None)))[^1].Completion!
            : await loop.CompleteAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None);
        ChatCompletion next = await _connection.Chat.CompleteAsync(request with { Messages = [.. answer.Messages, new ChatMessage("user", "and?")] }, CallSettings.None, CancellationToken.None);

        Assert.Equal(("The tool answered: 4 C", "You said: and?"), (answer.Text, next.Text));
        Assert.Contains("\"thoughtSignature\":\"c2FuZGJveC10aG91Z2h0\"", _server.GetRequests()[1].Body, StringComparison.Ordinal);

        // Newer models sign what they say as well.
        Assert.Equal(effort is null ? 1 : 2, _server.GetRequests()[2].Body.Split("thoughtSignature").Length - 1);
    }

    [Fact]
    public async Task ToolLoop_WithoutSignatures_StopsWithAWayOut()
    {
        ChatRequest request = Calling("high", null);
        ChatCompletion answer = await _connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None);
        answer.Message!.Raw = null;
        ChatMessage result = new("tool", "4 C") { ToolCallId = answer.ToolCalls[0].Id };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() =>
            _connection.Chat.CompleteAsync(request with { Messages = [.. answer.Messages, result] }, CallSettings.None, CancellationToken.None));

        Assert.Equal(("MISSING_THOUGHT_SIGNATURE", ErrorIds.InvalidRequest), (failure.ServiceCode, failure.ErrorId));
        Assert.Contains("Raw holds the signatures", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_AreCountedAsTheyWouldBeAsked()
    {
        ChatTokenCount plain = await _connection.Responses.CountTokensAsync(Engine.Ask("one two three"), CallSettings.None, CancellationToken.None);
        ChatTokenCount whole = await _connection.Responses.CountTokensAsync(
            new ChatRequest { Messages = [new ChatMessage("system", "Be brief."), new ChatMessage("user", "one two three")] }, CallSettings.None, CancellationToken.None);

        Assert.Equal((3, 6, false), (plain.InputTokens, whole.InputTokens, plain.Estimated));
        Assert.Equal(
            ["""{"contents":[{"role":"user","parts":[{"text":"one two three"}]}]}""", """{"generateContentRequest":{"contents":[{"role":"user","parts":[{"text":"one two three"}]}],"systemInstruction":{"parts":[{"text":"Be brief."}]},"model":"models/sandbox-mini"}}"""],
            _server.GetRequests().Select(sent => sent.Body));
        Assert.EndsWith("/models/sandbox-mini:countTokens", _server.GetRequests()[0].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generateContent", """{"thinking":false}""", true)]
    [InlineData("generateContent thinking", """{"thinking":true}""", false)]
    [InlineData("generateContent", "{}", false)]
    public void ToJson_ModelThatDoesNotThink_IsAskedForNoThoughts(string abilities, string raw, bool isRefused)
    {
        ChatRequest request = Engine.Ask() with { Model = "m", ReasoningEffort = "xhigh", Known = new ChatModel { Id = "m", Capabilities = abilities.Split(' '), Raw = raw } };

        if (isRefused)
        {
            Assert.StartsWith("-ReasoningEffort: the model 'm' does not think.", Assert.Throws<ChatServiceException>(() => Json(request)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("\"thinkingLevel\":\"XHIGH\"", Json(request), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tier_IsSentAndTold()
    {
        using RawServer server = RawServer.Answering(200, """{"candidates":[{"content":{"parts":[{"text":"hi"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"serviceTier":"flex"}}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask() with { ServiceTier = "flex" }, CallSettings.None, CancellationToken.None);

        Assert.Equal("flex", answer.ServiceTier);
        Assert.Contains("\"serviceTier\":\"flex\"", server.Exchanges[0].Body, StringComparison.Ordinal);
    }

    private static string Json(ChatRequest request) =>
        Encoding.UTF8.GetString(KnownDialects.Gemini.Chat.ToJson(request, new ConnectionSettings { Dialect = KnownDialects.Gemini }, CallSettings.None));

    private static ChatRequest Calling(string? effort, int? budget) => Engine.Ask("call first") with
    {
        ReasoningEffort = effort,
        ThinkingBudget = budget,
        Tools = new List<object?> { Map(("type", "function"), ("function", Map(("name", "first"), ("parameters", Map(("type", "object")))))) },
    };

    private static async Task<(ChatCompletion Answer, string Told)> AskAsync(ServiceConnection connection, ChatRequest request, bool stream)
    {
        if (!stream)
        {
            ChatCompletion answer = await connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None);
            return (answer, answer.Text);
        }

        List<ChatCompletionUpdate> updates = await connection.StreamAsync(request);
        Assert.Single(updates, update => update.Completion is not null);
        return (updates[^1].Completion!, string.Concat(updates.Select(update => update.Text)));
    }

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    private static ServiceConnection Connect(Uri address) =>
        new(new ConnectionSettings { BaseUri = address, Dialect = KnownDialects.Gemini, Model = "sandbox-mini", MaxRetry = 0 }, TimeProvider.System, () => 0.5);
}
