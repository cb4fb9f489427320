using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Kept;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Tools;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Dialects.Responses;

/// <summary>Conversations that the service keeps, work in the background, kept responses, against the sandbox.</summary>
public sealed class ResponsesServiceTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);

    private readonly SandboxServer _server = SandboxServer.Start();
    private readonly UsageLedger _usage = new();
    private readonly FakeTime _time = new();
    private readonly ServiceConnection _connection;

    public ResponsesServiceTests() => _connection = new ServiceConnection(
        new ConnectionSettings { BaseUri = _server.BaseUri, Dialect = KnownDialects.Responses, Model = "sandbox-mini", MaxRetry = 0, Timeout = Limit }, _time, () => 0.5, _usage);

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Conversation_InFull_SendsItemsOnceEach()
    {
        ChatCompletion first = await AskAsync(Engine.Ask("one") with { ReasoningSummary = "auto" });

        ChatCompletion second = await AskAsync(new ChatRequest { Messages = [.. first.Messages, new("user", "two")] });

        Assert.Equal("You said: two", second.Text);
        Assert.Equal(["message", "reasoning", "message", "message"], Sent("input").EnumerateArray().Select(item => item.GetProperty("type").GetString()!));
    }

    [Fact]
    public async Task PreviousResponse_ToolsInSeveralRounds_GoOnFromEachAnswer()
    {
        ChatCompletion first = await AskAsync(Engine.Ask("one"));
        ToolLoop loop = new(_connection.Chat, new ToolLimits(5, 10), _ => false, (call, _) =>
        {
            call.Output = "ran";
            return Task.CompletedTask;
        });
        Dictionary<string, object?> tool = new() { ["type"] = "function", ["function"] = new Dictionary<string, object?> { ["name"] = "lookup" } };

        ChatCompletion answer = await loop.CompleteAsync(
            Engine.Ask("call lookup") with { PreviousResponseId = first.Id, Tools = new object[] { tool } }, CallSettings.None, RunPlan.None, CancellationToken.None).WaitAsync(Engine.Patience);

        Assert.Equal("The tool answered: ran", answer.Text);
        Assert.NotEqual(first.Id, Sent("previous_response_id").GetString());
        Assert.Equal("function_call_output", Assert.Single(Sent("input").EnumerateArray()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task PreviousResponse_AnswerToBeMended_GoesOnFromIt()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Rules = [new SandboxRule { Prompt = "*hello*", Response = "no JSON" }] });
        using ServiceConnection connection = new(new ConnectionSettings { BaseUri = server.BaseUri, Dialect = KnownDialects.Responses, Model = "m", MaxRetry = 0 }, TimeProvider.System, () => 0.5);
        ChatCompletion first = await connection.CompleteAsync("first");
        OutputFormat format = new("x", new Dictionary<string, object?> { ["type"] = "object", ["properties"] = new Dictionary<string, object?>() }) { RepairAttempts = 1 };

        ChatCompletion mended = await connection.Chat.CompleteAsync(Engine.Ask("hello") with { Output = format, PreviousResponseId = first.Id }, CallSettings.None, CancellationToken.None).WaitAsync(Engine.Patience);

        Assert.Equal("{}", mended.Text);
        using JsonDocument sent = JsonDocument.Parse(server.GetRequests()[^1].Body);
        Assert.NotEqual(first.Id, sent.RootElement.GetProperty("previous_response_id").GetString());
        Assert.Equal(1, sent.RootElement.GetProperty("input").GetArrayLength());
    }

    [Fact]
    public async Task Conversation_AtTheService_IsGoneOnWith()
    {
        ChatCompletion first = await AskAsync(Engine.Ask("one") with { ConversationId = "conv_1" });

        ChatCompletion second = await AskAsync(new ChatRequest { Messages = [.. first.Messages, new("user", "two")], ConversationId = "conv_1" });

        Assert.Equal("conv_1", first.ConversationId);
        Assert.Single(Sent("input").EnumerateArray());
        Assert.True(second.Usage!.InputTokens > first.Usage!.InputTokens);
    }

    [Fact]
    public async Task Background_Answer_IsWaitedForWithGrowingPauses()
    {
        Task<ChatCompletion> running = _connection.Chat.CompleteAsync(Engine.Ask("hello") with { Background = true }, CallSettings.None, CancellationToken.None);

        IReadOnlyList<TimeSpan> waits = await _time.SkipWaitsAsync(running, Limit).WaitAsync(Engine.Patience);

        Assert.Equal("You said: hello", (await running).Text);
        Assert.Equal([0.5, 0.75], waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(["POST", "GET", "GET"], _server.GetRequests().Select(request => request.Method));
        Assert.Equal((await running).Usage!.TotalTokens, Assert.Single(_usage.Read((_, _) => true), total => total.TotalTokens > 0).TotalTokens);
    }

    [Fact]
    public async Task Background_WaitThatIsStopped_StopsTheService()
    {
        using CancellationTokenSource cancellation = new();
        Task<ChatCompletion> running = _connection.Chat.CompleteAsync(Engine.Ask("hello") with { Background = true }, CallSettings.None, cancellation.Token);
        await Engine.Eventually(() => _time.Running.Contains(TimeSpan.FromSeconds(0.5)));

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Engine.Patience));
        Assert.EndsWith("/cancel", _server.GetRequests()[^1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Background_LookThatFails_SaysHowToFindTheResponse()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"id":"resp_7","status":"queued","output":[]}"""), RawServer.Answer(500, "{}"));
        using ServiceConnection connection = new(new ConnectionSettings { BaseUri = server.BaseUri, Dialect = KnownDialects.Responses, Model = "m", MaxRetry = 0, Timeout = Limit }, _time, () => 0.5);
        Task<ChatCompletion> running = connection.Chat.CompleteAsync(Engine.Ask() with { Background = true }, CallSettings.None, CancellationToken.None);

        await _time.SkipWaitsAsync(running, Limit).WaitAsync(Engine.Patience);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => running);
        Assert.Equal(ErrorIds.ServerError, failure.ErrorId);
        Assert.Contains("Get-ChatResponse resp_7", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Background_Streamed_IsRefused()
    {
        ChatServiceException failure = await _connection.FailStreamAsync(Engine.Ask() with { Background = true });

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains("-Background", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_server.GetRequests());
    }

    [Fact]
    public async Task Get_WithMessages_IsTheConversation()
    {
        ChatCompletion first = await AskAsync(new ChatRequest { Messages = [new("developer", "Be kind."), new("user", "one")] });
        ChatCompletion second = await AskAsync(Engine.Ask("two") with { PreviousResponseId = first.Id });

        IReadOnlyList<ChatMessage> messages = await _connection.Responses.GetMessagesAsync(second.Id!, CallSettings.None, CancellationToken.None);
        ChatCompletion found = await _connection.Responses.GetAsync(second.Id!, messages, CallSettings.None, CancellationToken.None);

        Assert.Equal(
            [("developer", "Be kind."), ("user", "one"), ("assistant", "You said: one"), ("user", "two"), ("assistant", "You said: two")],
            found.Messages.Select(message => (message.Role, message.Text)));
        Assert.Null(found.Cost);
    }

    [Fact]
    public async Task Get_CallsOfTools_AreMessagesThatGoOn()
    {
        ChatMessage call = new() { Role = "assistant", ToolCalls = [new ChatToolCall { Id = "c1", Name = "f", Arguments = "{}" }] };
        ChatCompletion answer = await AskAsync(new ChatRequest { Messages = [new("user", "go"), call, new("tool", "done") { ToolCallId = "c1" }] });

        IReadOnlyList<ChatMessage> messages = await _connection.Responses.GetMessagesAsync(answer.Id!, CallSettings.None, CancellationToken.None);

        Assert.Equal(["user", "assistant", "tool"], messages.Select(message => message.Role));
        Assert.Equal(("c1", "f"), (messages[1].ToolCalls[0].Id, messages[1].ToolCalls[0].Name));
        Assert.Equal(("c1", "done"), (messages[2].ToolCallId, messages[2].Text));
    }

    [Fact]
    public async Task Get_MoreItemsThanAPage_AreAllThere()
    {
        ChatCompletion answer = await AskAsync(new ChatRequest { Messages = [.. Enumerable.Range(0, 205).Select(i => new ChatMessage("user", $"m{i}"))] });

        IReadOnlyList<ChatMessage> messages = await _connection.Responses.GetMessagesAsync(answer.Id!, CallSettings.None, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 205).Select(i => $"m{i}"), messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Delete_Response_IsGone()
    {
        ChatCompletion answer = await AskAsync(Engine.Ask());

        await _connection.Responses.DeleteAsync(answer.Id!, CallSettings.None, CancellationToken.None);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => _connection.Responses.GetAsync(answer.Id!, [], CallSettings.None, CancellationToken.None));
        Assert.Equal(404, failure.StatusCode);
        Assert.Contains("-Store", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Count_Request_TellsItsTokensAndAsksNothing()
    {
        ChatTokenCount count = await _connection.Responses.CountTokensAsync(Engine.Ask("one two three") with { Input = "x", Index = 2, MaxTokens = 5 }, CallSettings.None, CancellationToken.None);

        Assert.Equal(("sandbox-mini", 3, "x", 2), (count.Model, count.InputTokens, (string)count.Input!, count.Index));
        Assert.Equal("/v1/responses/input_tokens", Assert.Single(_server.GetRequests()).Path);
        Assert.Equal(["input", "model"], Body().EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Responses_OfOtherDialects_AreRefusedBeforeAnythingIsSent()
    {
        Dialect envelope = KnownDialects.All.First(dialect => dialect.Offer<OpenAIEndpoints>() is null);
        using ServiceConnection connection = new(new ConnectionSettings { BaseUri = _server.BaseUri, Dialect = envelope, Model = "m" }, TimeProvider.System, () => 0.5);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Responses.GetAsync("resp_1", [], CallSettings.None, CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Empty(_server.GetRequests());
    }

    private Task<ChatCompletion> AskAsync(ChatRequest request) => _connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None).WaitAsync(Engine.Patience);

    private JsonElement Sent(string member) => Body().GetProperty(member);

    private JsonElement Body()
    {
        using JsonDocument document = JsonDocument.Parse(_server.GetRequests()[^1].Body);
        return document.RootElement.Clone();
    }
}
