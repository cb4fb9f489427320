using System.Text.Json;
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
using ChatPS.Client.Usage;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Dialects.Anthropic;

/// <summary>Answers in which the service pauses, and thoughts that must go back, against the sandbox.</summary>
public sealed class AnthropicPauseTests : IDisposable
{
    private readonly SandboxServer _server = SandboxServer.Start(new SandboxOptions());
    private readonly ServiceConnection _connection;

    public AnthropicPauseTests() => _connection = Connect(_server.BaseUri);

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("web_search", false)]
    [InlineData("web_search", true)]
    [InlineData("code_execution", false)]
    [InlineData("code_execution", true)]
    public async Task Pauses_AreGoneOnWith_UntilTheAnswerIsWhole(string tool, bool stream)
    {
        ChatRequest request = Engine.Ask($"use {tool} and pause 3 times") with { BuiltInTools = [new NamedTool(tool)] };

        (ChatCompletion answer, string told) = await AskAsync(_connection, request, stream);

        Assert.Equal(($"You said: use {tool} and pause 3 times", "stop"), (answer.Text, answer.FinishReason));
        Assert.Equal(answer.Text, told);
        Assert.Equal(3, answer.BuiltInCalls.Length);
        Assert.All(answer.BuiltInCalls, call => Assert.Equal("completed", call.Status));
        Assert.Equal(4, _server.GetRequests().Count);
        Assert.Equal(2, answer.Messages.Length);
        using JsonDocument last = JsonDocument.Parse(_server.GetRequests()[3].Body);
        JsonElement sent = last.RootElement.GetProperty("messages");
        Assert.Equal(["user", "assistant"], sent.EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(tool == "code_execution", last.RootElement.TryGetProperty("container", out _));

        // Every request was paid for.
        Assert.Equal(4 * 6, answer.Usage!.InputTokens);
        Assert.Equal(3 + 9, answer.Usage.OutputTokens);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pauses_InWhatIsKept_AreReadBackAsTheAnswer(bool stream)
    {
        ChatRequest request = Engine.Ask("use web_search and pause 2 times") with { BuiltInTools = [new NamedTool("web_search")], ThinkingBudget = 2000 };
        (ChatCompletion answer, _) = await AskAsync(_connection, request, stream);

        CheckpointOrigin origin = new(new CheckpointRecord { Raw = answer.Raw, Elapsed = TimeSpan.FromSeconds(3) }, _connection.Settings, CallSettings.None);
        ChatCompletion restored = KnownDialects.Anthropic.Chat.Restore(answer.Raw, stream, request, origin);

        Assert.Equal((answer.Text, answer.Reasoning, answer.FinishReason, answer.Raw), (restored.Text, restored.Reasoning, restored.FinishReason, restored.Raw));
        Assert.Equal(answer.Message!.Raw, restored.Message!.Raw);
        Assert.Equal(answer.Usage!.ToString(), restored.Usage!.ToString());
        Assert.Equal(TimeSpan.FromSeconds(3), restored.Elapsed);
        Assert.Equal(2, restored.BuiltInCalls.Length);
        if (!stream)
        {
            using JsonDocument kept = JsonDocument.Parse(answer.Raw);
            Assert.Equal(["pause_turn", "pause_turn", "end_turn"], kept.RootElement.GetProperty("answers").EnumerateArray().Select(one => one.GetProperty("stop_reason").GetString()));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pauses_WithoutEnd_AreLeftWithAWarning(bool stream)
    {
        List<string> warnings = [];
        ChatRequest request = Engine.Ask("use web_search and pause 99 times") with { BuiltInTools = [new NamedTool("web_search")] };

        (ChatCompletion answer, _) = await AskAsync(_connection, request, stream, new CallSettings { Warning = warnings.Add });

        Assert.Equal("pause_turn", answer.FinishReason);
        Assert.Equal(10, _server.GetRequests().Count);
        Assert.Contains("paused 10 times", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pauses_WithoutEnd_StopAtTheBudget(bool stream)
    {
        Budget budget = new(60, null, null);
        ChatRequest request = Engine.Ask("use web_search and pause 99 times") with { BuiltInTools = [new NamedTool("web_search")] };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(_connection, request, stream, budget));

        Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
        Assert.InRange(budget.Tokens, 1, 60);
        Assert.Equal(budget.Tokens, failure.Completion!.Usage!.TotalTokens);
        Assert.InRange(_server.GetRequests().Count, 2, 9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pauses_ThenARefusal_AreKeptAndCounted(bool stream)
    {
        Func<RawExchange, Task> refusal = RawServer.Answer(400, """{"type":"error","error":{"type":"invalid_request_error","message":"no"}}""");
        using RawServer server = RawServer.Start(Pause(stream), Pause(stream), refusal);
        using ServiceConnection connection = Connect(server.BaseUri);
        Budget budget = new(null, 100, new PriceTable([new ModelPrice("*", 1_000_000, 1_000_000)]));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, Engine.Ask(), stream, budget));

        Assert.Equal((ErrorIds.InvalidRequest, "LookingLooking", 14), (failure.ErrorId, failure.Completion!.Text, failure.Completion.Usage!.TotalTokens));
        Assert.Equal((14, 14m), (budget.Tokens, budget.Cost));
    }

    [Fact]
    public async Task Pause_ThenAFailure_KeepsWhatHadCome()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"type":"message","content":[{"type":"text","text":"Looking."}],"stop_reason":"pause_turn","usage":{"input_tokens":2,"output_tokens":5}}"""),
            RawServer.Answer(500, "{}"));
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.ServerError, failure.ErrorId);
        Assert.Equal(("Looking.", 7), (failure.Completion!.Text, failure.Completion.Usage!.TotalTokens));
    }

    [Theory]
    [InlineData(false, null, null, null)]
    [InlineData(true, null, null, null)]
    [InlineData(false, null, "high", "none")]
    [InlineData(true, null, "high", "none")]
    [InlineData(false, 2000, null, null)]
    [InlineData(true, 2000, null, null)]
    public async Task ToolLoop_Thoughts_GoBackAsTheyCame(bool stream, int? budget, string? effort, string? summary)
    {
        ToolLoop loop = new(_connection.Chat, new ToolLimits(5, 10), _ => false, (call, _) =>
        {
            call.Output = "4 C";
            return Task.CompletedTask;
        });
        ChatRequest request = Engine.Ask("call first and hide a thought") with
        {
            ThinkingBudget = budget,
            ReasoningEffort = effort,
            ReasoningSummary = summary,
            Tools = new List<object?> { Map(("type", "function"), ("function", Map(("name", "first"), ("parameters", Map(("type", "object")))))) },
        };

        ChatCompletion answer = stream
            ? (await Engine.CollectAsync(loop.StreamAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None)))[^1].Completion!
            : await loop.CompleteAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None);

        Assert.Equal("The tool answered: 4 C", answer.Text);
        string second = _server.GetRequests()[^1].Body;
        string? expected = budget is null && effort is null ? null : summary == "none" ? """{"type":"thinking","thinking":"","signature":"sig_sandbox_""" : """{"type":"thinking","thinking":"I am asked: call first""";
        Assert.Equal(expected is not null, second.Contains("redacted_thinking", StringComparison.Ordinal));
        Assert.Contains($"\"role\":\"assistant\",\"content\":[{expected}", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolLoop_ThoughtsThatWereChanged_AreRefused()
    {
        ChatRequest request = Engine.Ask("hi") with { ThinkingBudget = 2000 };
        ChatCompletion answer = await _connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None);
        answer.Message!.Raw = answer.Message.Raw!.Replace("I am asked", "I was asked", StringComparison.Ordinal);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() =>
            _connection.Chat.CompleteAsync(request with { Messages = [.. answer.Messages, new ChatMessage("user", "and?")] }, CallSettings.None, CancellationToken.None));

        Assert.Contains("cannot be modified", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_ThatDiffer_GetWhatTheyTake()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Models = ["sandbox-adaptive", "sandbox-budget"] });
        using ServiceConnection connection = Connect(server.BaseUri);
        List<string> warnings = [];
        CallSettings settings = new() { Warning = warnings.Add };

        ChatCompletion adaptive = await connection.Chat.CompleteAsync(Engine.Ask() with { Model = "sandbox-adaptive", ThinkingBudget = 2000 }, settings, CancellationToken.None);
        ChatCompletion budget = await connection.Chat.CompleteAsync(Engine.Ask() with { Model = "sandbox-budget", ThinkingBudget = 2000 }, settings, CancellationToken.None);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() =>
            connection.Chat.CompleteAsync(Engine.Ask() with { Model = "sandbox-budget", ReasoningEffort = "high" }, settings, CancellationToken.None));

        Assert.All([adaptive, budget], answer => Assert.Equal("I am asked: hello", answer.Reasoning));
        Assert.Contains("'sandbox-adaptive' takes no budget", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Contains("-ThinkingBudget", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_AreCountedAsTheyWouldBeAsked()
    {
        ChatRequest request = new() { Messages = [new ChatMessage("system", "Be brief."), new ChatMessage("user", "one two three")], BuiltInTools = [new NamedTool("web_search")] };

        ChatTokenCount count = await _connection.Responses.CountTokensAsync(request, CallSettings.None, CancellationToken.None);

        Assert.Equal((6, false, "sandbox-mini"), (count.InputTokens, count.Estimated, count.Model));
        Assert.Equal("/v1/messages/count_tokens", Assert.Single(_server.GetRequests()).Path);
        Assert.DoesNotContain("max_tokens", _server.GetRequests()[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_OfAGatewayWithoutACounter_AreEstimated()
    {
        using RawServer server = RawServer.Answering(404, "Not found", "text/plain");
        using ServiceConnection connection = Connect(server.BaseUri);

        Assert.True((await connection.Responses.CountTokensAsync(Engine.Ask(), CallSettings.None, CancellationToken.None)).Estimated);
        Assert.True((await connection.Responses.CountTokensAsync(Engine.Ask(), CallSettings.None, CancellationToken.None)).Estimated);
        Assert.Single(server.Exchanges);
    }

    private static async Task<(ChatCompletion Answer, string Told)> AskAsync(ServiceConnection connection, ChatRequest request, bool stream, CallSettings? settings = null)
    {
        if (!stream)
        {
            ChatCompletion answer = await connection.Chat.CompleteAsync(request, settings ?? CallSettings.None, CancellationToken.None);
            return (answer, answer.Text);
        }

        List<ChatCompletionUpdate> updates = await Engine.CollectAsync(connection.Chat.StreamAsync(request, settings ?? CallSettings.None, CancellationToken.None));
        Assert.Single(updates, update => update.Completion is not null);
        return (updates[^1].Completion!, string.Concat(updates.Select(update => update.Text)));
    }

    private static async Task RunAsync(ServiceConnection connection, ChatRequest request, bool stream, Budget budget)
    {
        RunPlan plan = new() { Budget = budget };
        if (stream)
        {
            await Engine.CollectAsync(connection.Chat.StreamAsync(request, CallSettings.None, plan, CancellationToken.None));
        }
        else
        {
            await connection.Chat.CompleteAsync(request, CallSettings.None, plan, CancellationToken.None);
        }
    }

    private static Func<RawExchange, Task> Pause(bool stream) => !stream
        ? RawServer.Answer(200, """{"type":"message","content":[{"type":"text","text":"Looking"}],"stop_reason":"pause_turn","usage":{"input_tokens":2,"output_tokens":5}}""")
        : RawServer.Answer(200, string.Concat(new[]
        {
            """{"type":"message_start","message":{"content":[],"usage":{"input_tokens":2,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Looking"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"pause_turn"},"usage":{"output_tokens":5}}""",
            """{"type":"message_stop"}""",
        }.Select(json => $"data: {json}\n\n")), "text/event-stream");

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    private static ServiceConnection Connect(Uri address) =>
        new(new ConnectionSettings { BaseUri = address, Dialect = KnownDialects.Anthropic, Model = "sandbox-mini", MaxRetry = 0 }, TimeProvider.System, () => 0.5);
}
