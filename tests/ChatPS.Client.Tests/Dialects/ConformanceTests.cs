using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Tools;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Dialects;

/// <summary>What every dialect must do, against the sandbox.</summary>
public sealed class ConformanceTests : IDisposable
{
    private const string Pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private readonly List<IDisposable> _open = [];
    private SandboxServer? _server;

    public static TheoryData<string> All => [.. KnownDialects.All.Select(dialect => dialect.Name)];

    public void Dispose() => _open.ForEach(item => item.Dispose());

    [Theory]
    [MemberData(nameof(All))]
    public async Task Plain_Prompt_IsAnswered(string dialect)
    {
        ServiceConnection connection = Connect(dialect);

        ChatCompletion answer = await connection.Chat.CompleteAsync(Ask("hello") with { Input = "item", Index = 3 }, CallSettings.None, CancellationToken.None);

        Assert.Equal("You said: hello", answer.Text);
        Assert.Equal("stop", answer.FinishReason);
        Assert.Equal("sandbox-mini", answer.Model);
        Assert.NotEmpty(answer.Id!);
        Assert.Equal(["user", "assistant"], answer.Messages.Select(message => message.Role));
        Assert.Equal("item", answer.Input);
        Assert.Equal(3, answer.Index);
        Assert.Equal(connection.Settings.Name, answer.Connection);
        Assert.True(answer.Usage is { InputTokens: > 0, OutputTokens: > 0 });
        Assert.Equal(answer.Usage.InputTokens + answer.Usage.OutputTokens, answer.Usage.TotalTokens);
        using JsonDocument raw = JsonDocument.Parse(answer.Raw);
        Assert.Equal(JsonValueKind.Object, raw.RootElement.ValueKind);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WarmUp_SampleAnswer_IsReadAndNothingIsSent(string dialect)
    {
        ServiceConnection connection = Connect(dialect);

        connection.Dialect.Chat.WarmUp(connection);

        Assert.Empty(_server!.GetRequests());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Conversation_WithInstructions_GoesOn(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        ChatCompletion first = await AskAsync(connection, new ChatRequest { Messages = [new("system", "Be kind."), new("user", "one")] });

        ChatCompletion second = await AskAsync(connection, new ChatRequest { Messages = [.. first.Messages, new("user", "two")] });

        Assert.Equal("You said: two", second.Text);
        Assert.Equal(["system", "user", "assistant", "user", "assistant"], second.Messages.Select(message => message.Role));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Stream_Prompt_ComesPieceByPiece(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        if (await RefusesStreamsAsync(connection))
        {
            return;
        }

        List<ChatCompletionUpdate> updates = await connection.StreamAsync(Ask("one two three four"));

        ChatCompletion whole = updates[^1].Completion!;
        Assert.True(updates.Count > 2, "All came at once.");
        Assert.Equal("You said: one two three four", whole.Text);
        Assert.Equal(whole.Text, string.Concat(updates.Select(update => update.Text)));
        Assert.Equal("stop", whole.FinishReason);
        Assert.Equal("sandbox-mini", whole.Model);
        Assert.True(whole.Usage is { InputTokens: > 0, OutputTokens: > 0 });
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task N_Two_GivesTwoChoicesOrIsRefused(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        if (Unsupported(connection).Contains("-N"))
        {
            await AssertRefusedAsync(connection, Ask("x") with { N = 2 }, "-N");
            return;
        }

        ChatCompletion answer = await AskAsync(connection, Ask("x") with { N = 2 });

        Assert.Equal(["You said: x", "You said: x (choice 2)"], answer.Choices.Select(choice => choice.Text));
        Assert.Equal([0, 1], answer.Choices.Select(choice => choice.Index));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Unsupported_EachParameter_IsRefusedBeforeAnythingIsSent(string dialect)
    {
        ServiceConnection connection = Connect(dialect);

        foreach (string parameter in Unsupported(connection))
        {
            await AssertRefusedAsync(connection, ParameterSamples.With(parameter), parameter);
        }

        Assert.Empty(_server!.GetRequests());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Supported_EachParameter_IsTakenByTheService(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        string[] supported = ["-Temperature", "-TopP", "-Stop"];

        foreach (string parameter in supported.Except(Unsupported(connection)))
        {
            Assert.StartsWith("You said: ", (await AskAsync(connection, ParameterSamples.With(parameter))).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Tools_SeveralRounds_AreCalledAndTold(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        List<ChatToolCall> ran = [];
        ToolLoop loop = new(connection.Chat, new ToolLimits(5, 10), _ => false, (call, _) =>
        {
            ran.Add(call);
            call.Output = $"{call.Name} ran";
            return Task.CompletedTask;
        });
        ChatRequest request = new() { Messages = [new("user", "call first")], Tools = Tools("first", "second") };

        ChatCompletion one = await loop.CompleteAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None);
        ChatCompletion two = await loop.CompleteAsync(request with { Messages = [.. one.Messages, new("user", "call first and call second")] }, CallSettings.None, RunPlan.None, CancellationToken.None);

        Assert.StartsWith("The tool answered: first ran", one.Text, StringComparison.Ordinal);
        Assert.Contains("second ran", two.Text, StringComparison.Ordinal);
        Assert.Equal(["first", "first", "second"], ran.Select(call => call.Name));
        Assert.All(ran, call => Assert.Equal(JsonValueKind.String, JsonDocument.Parse(call.Arguments).RootElement.GetProperty("text").ValueKind));
        Assert.All(ran, call => Assert.NotEmpty(call.Id!));
        Assert.Equal(["user", "assistant", "tool", "assistant", "user", "assistant", "tool", "tool", "assistant"], two.Messages.Select(message => message.Role));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Tools_Streamed_CallsAreWhole(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        if (await RefusesStreamsAsync(connection))
        {
            return;
        }

        ChatCompletion whole = (await connection.StreamAsync(Ask("call first and call second") with { Tools = Tools("first", "second") }))[^1].Completion!;

        Assert.Equal("tool_calls", whole.FinishReason);
        Assert.Equal(["first", "second"], whole.ToolCalls.Select(call => call.Name));
        Assert.All(whole.ToolCalls, call => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(call.Arguments).RootElement.ValueKind));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task ToolChoice_Required_ForcesACall(string dialect)
    {
        ServiceConnection connection = Connect(dialect);

        ChatCompletion forced = await AskAsync(connection, Ask("hello") with { Tools = Tools("first"), ToolChoice = "required" });
        ChatCompletion none = await AskAsync(connection, Ask("call first") with { Tools = Tools("first"), ToolChoice = "none" });
        ChatCompletion named = await AskAsync(connection, Ask("hello") with { Tools = Tools("first", "second"), ToolChoice = Map(("type", "function"), ("function", Map(("name", "second")))) });

        Assert.Equal("tool_calls", forced.FinishReason);
        Assert.Equal("first", Assert.Single(forced.ToolCalls).Name);
        Assert.Empty(none.ToolCalls);
        Assert.Equal("second", Assert.Single(named.ToolCalls).Name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TypedAnswer_Schema_IsFilledInOneRequest(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        OutputFormat format = new("city", Map(
            ("type", "object"),
            ("properties", Map(("name", Map(("type", "string"))), ("people", Map(("type", "integer"))))),
            ("required", new object[] { "name", "people" })));

        ChatCompletion answer = await AskAsync(connection, Ask("Which city?") with { Output = format });

        Assert.Empty(format.Read(answer.Text).Errors);
        Assert.Single(_server!.GetRequests());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Image_InTheMessage_IsSeen(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        ChatMessage message = new() { Content = [ChatContent.FromText("What is it?"), new ChatContent { Type = "image_url", Url = Pixel }] };

        ChatCompletion answer = await AskAsync(connection, new ChatRequest { Messages = [message] });

        Assert.Equal("You said: What is it? [1 image]", answer.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task MaxTokens_One_EndsWithLength(string dialect)
    {
        ServiceConnection connection = Connect(dialect);

        ChatCompletion answer = await AskAsync(connection, Ask("hello") with { MaxTokens = 1 });

        Assert.Equal("length", answer.FinishReason);
        Assert.StartsWith(answer.Text, "You said: hello", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task CutStream_IsAnErrorWithWhatCame(string dialect)
    {
        ServiceConnection connection = Connect(dialect, new SandboxFault { Kind = SandboxFaultKind.TruncatedStream });
        if (await RefusesStreamsAsync(connection))
        {
            return;
        }

        ChatServiceException failure = await connection.FailStreamAsync(Ask("one two three four five six seven eight"));

        Assert.Equal(ErrorIds.StreamTruncated, failure.ErrorId);
        Assert.StartsWith("You said:", failure.PartialText, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task ErrorEvent_InTheStream_IsItsError(string dialect)
    {
        ServiceConnection connection = Connect(dialect, new SandboxFault { Kind = SandboxFaultKind.ErrorEvent, StatusCode = 503 });
        if (await RefusesStreamsAsync(connection))
        {
            return;
        }

        ChatServiceException failure = await connection.FailStreamAsync(Ask("one two three four five six seven eight"));

        Assert.Equal(ErrorIds.ServerError, failure.ErrorId);
        Assert.Contains("overloaded", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("You said:", failure.PartialText, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task MalformedEvent_InTheStream_IsABadResponse(string dialect)
    {
        ServiceConnection connection = Connect(dialect, new SandboxFault { Kind = SandboxFaultKind.MalformedJson });
        if (await RefusesStreamsAsync(connection))
        {
            return;
        }

        Assert.Equal(ErrorIds.BadResponse, (await connection.FailStreamAsync()).ErrorId);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task ErrorUnder200_IsAnError(string dialect)
    {
        ServiceConnection connection = Connect(dialect, new SandboxFault { Kind = SandboxFaultKind.ErrorEvent, StatusCode = 429 });

        Assert.Equal(ErrorIds.RateLimited, (await connection.FailAsync()).ErrorId);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Status_IsTheFittingError(string dialect)
    {
        (SandboxFault Fault, string Id)[] rows =
        [
            (new SandboxFault { StatusCode = 400 }, ErrorIds.InvalidRequest),
            (new SandboxFault { StatusCode = 403 }, ErrorIds.AuthenticationFailed),
            (new SandboxFault { StatusCode = 429 }, ErrorIds.RateLimited),
            (new SandboxFault { StatusCode = 500 }, ErrorIds.ServerError),
            (new SandboxFault { StatusCode = 503 }, ErrorIds.ServerError),
            (new SandboxFault { Kind = SandboxFaultKind.EmptyBody }, ErrorIds.BadResponse),
            (new SandboxFault { Kind = SandboxFaultKind.HtmlPage, StatusCode = 200 }, ErrorIds.BadResponse),
            (new SandboxFault { Kind = SandboxFaultKind.Reset }, ErrorIds.ConnectionFailed),
        ];

        foreach ((SandboxFault fault, string id) in rows)
        {
            ChatServiceException failure = await Connect(dialect, fault).FailAsync();

            Assert.True(id == failure.ErrorId, $"{fault}: {failure.ErrorId} ({failure.Message})");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task MissingModel_IsModelNotFound(string dialect)
    {
        ServiceConnection connection = Connect(dialect);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(connection, Ask() with { Model = "missing-model" }));

        Assert.Equal(ErrorIds.ModelNotFound, failure.ErrorId);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task PassingFailure_IsTriedAgain(string dialect)
    {
        ServiceConnection connection = Connect(dialect, maxRetry: 1, faults: new SandboxFault { StatusCode = 500, Times = 1 });

        Assert.Equal("You said: hello", (await connection.CompleteAsync()).Text);
        Assert.Equal(2, _server!.GetRequests().Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Silence_IsATimeout(string dialect)
    {
        ServiceConnection connection = Connect(dialect, new SandboxFault { Kind = SandboxFaultKind.Silence });

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.CompleteAsync(settings: new CallSettings { Timeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Equal(ErrorIds.Timeout, failure.ErrorId);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Cancellation_EndsTheRequest(string dialect)
    {
        ServiceConnection connection = Connect(dialect, new SandboxFault { Kind = SandboxFaultKind.Silence });
        using CancellationTokenSource cancellation = new();

        Task<ChatCompletion> running = connection.CompleteAsync(cancellationToken: cancellation.Token);
        await Engine.Eventually(() => _server!.GetRequests().Count == 1);
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Engine.Eventually(() => _server!.GetRequests()[0].Aborted);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Key_Wrong_IsAuthenticationFailed(string dialect)
    {
        SandboxOptions options = new() { RequiredKey = Engine.Key };

        Assert.Equal(ErrorIds.AuthenticationFailed, (await Connect(dialect, options, "sk-test-another-key").FailAsync()).ErrorId);
        Assert.Equal(ErrorIds.AuthenticationFailed, (await Connect(dialect, options, key: null).FailAsync()).ErrorId);
        Assert.Equal("You said: hello", (await Connect(dialect, options, Engine.Key).CompleteAsync()).Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Key_IsInItsPlaceAndNowhereElse(string dialect)
    {
        using RawServer server = RawServer.Answering(500, "{}");
        Dialect spoken = KnownDialects.Find(dialect, "test");
        using ServiceConnection connection = new(
            new ConnectionSettings { BaseUri = BaseAddress.OfHost(server.BaseUri, spoken).BaseUri, Dialect = spoken, Key = Engine.Secret(Engine.Key), Model = "m", MaxRetry = 0 }, TimeProvider.System, () => 0.5);

        await connection.FailAsync();

        RawExchange exchange = Assert.Single(server.Exchanges);
        string sent = exchange.Head + exchange.Body;
        Assert.Equal(sent.IndexOf(Engine.Key, StringComparison.Ordinal), sent.LastIndexOf(Engine.Key, StringComparison.Ordinal));
        Assert.Contains(Engine.Key, sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Engine.Key, exchange.Head.Split('\r')[0], StringComparison.Ordinal);
        Assert.Equal(spoken.KeyHeader is null, exchange.Body.Contains(Engine.Key, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Key_EchoedByTheService_IsNowhere(string dialect)
    {
        ServiceConnection connection = Connect(dialect, new SandboxOptions { RequiredKey = Engine.Key }, Engine.Key);

        ChatCompletion answer = await connection.CompleteAsync($"my key is {Engine.Key}");

        Assert.DoesNotContain(Engine.Key, answer.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Restored_FromWhatIsKept_IsTheSameAnswer(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        ChatRequest request = Ask("call first") with { Tools = Tools("first") };
        ChatCompletion whole = await AskAsync(connection, request);

        AssertSame(whole, Restore(connection, request, whole.Raw, isStream: false));
        if (!await RefusesStreamsAsync(connection))
        {
            ChatCompletion streamed = (await connection.StreamAsync(Ask("hello")))[^1].Completion!;
            AssertSame(streamed, Restore(connection, Ask("hello"), streamed.Raw, isStream: true));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task AdditionalBody_IsSent(string dialect)
    {
        ServiceConnection connection = Connect(dialect);
        CallSettings settings = new() { AdditionalBody = Map(("vendor_field", 42)) };

        try
        {
            await connection.CompleteAsync(settings: settings);
        }
        catch (ChatServiceException failure) when (failure.ErrorId == ErrorIds.InvalidRequest)
        {
            // Some services take no members that they do not know.
        }

        using JsonDocument sent = JsonDocument.Parse(Assert.Single(_server!.GetRequests()).Body);
        Assert.Equal(42, sent.RootElement.GetProperty("vendor_field").GetInt32());
    }

    private static ChatRequest Ask(string prompt = "hello") => Engine.Ask(prompt);

    private static Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request) =>
        connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None).WaitAsync(Engine.Patience);

    private static string[] Unsupported(ServiceConnection connection) =>
        [.. ChatParameters.All.Where(parameter => !connection.Dialect.Chat.Supported.Contains(parameter.Property)).Select(parameter => parameter.Name)];

    private static ChatCompletion Restore(ServiceConnection connection, ChatRequest request, string raw, bool isStream) =>
        connection.Dialect.Chat.Restore(raw, isStream, request, new CheckpointOrigin(new CheckpointRecord { Raw = raw, At = DateTimeOffset.UnixEpoch }, connection.Settings, CallSettings.None));

    private static void AssertSame(ChatCompletion expected, ChatCompletion actual)
    {
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.FinishReason, actual.FinishReason);
        Assert.Equal(expected.Id, actual.Id);
        Assert.Equal(expected.Model, actual.Model);
        Assert.Equal(expected.Usage!.TotalTokens, actual.Usage!.TotalTokens);
        Assert.Equal(expected.ToolCalls.Select(call => (call.Id, call.Name, call.Arguments)), actual.ToolCalls.Select(call => (call.Id, call.Name, call.Arguments)));
    }

    private async Task AssertRefusedAsync(ServiceConnection connection, ChatRequest request, string parameter)
    {
        int before = _server!.GetRequests().Count;

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(connection, request));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.StartsWith(parameter + ":", failure.Message, StringComparison.Ordinal);
        Assert.Contains(connection.Settings.Provider!, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.RecommendedAction);
        Assert.Equal(before, _server.GetRequests().Count);
    }

    // What cannot stream says so, and sends nothing.
    private async Task<bool> RefusesStreamsAsync(ServiceConnection connection)
    {
        if (connection.Dialect.Offer<IChatStream>() is not null)
        {
            return false;
        }

        int before = _server!.GetRequests().Count;
        ChatServiceException failure = await connection.FailStreamAsync();
        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.StartsWith("-Stream", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, _server.GetRequests().Count);
        return true;
    }

    private ServiceConnection Connect(string dialect, params SandboxFault[] faults) => Connect(dialect, maxRetry: 0, faults);

    private ServiceConnection Connect(string dialect, int maxRetry, params SandboxFault[] faults) => Connect(dialect, new SandboxOptions { Faults = faults }, Engine.Key, maxRetry);

    private ServiceConnection Connect(string dialect, SandboxOptions options, string? key, int maxRetry = 0)
    {
        Dialect spoken = KnownDialects.Find(dialect, "test");
        _open.Add(_server = SandboxServer.Start(options));
        ServiceConnection connection = new(
            new ConnectionSettings
            {
                BaseUri = BaseAddress.OfHost(_server.BaseUri, spoken).BaseUri,
                Dialect = spoken,
                Provider = "Some provider",
                Key = key is null ? null : Engine.Secret(key),
                Model = "sandbox-mini",
                MaxRetry = maxRetry,
            },
            TimeProvider.System,
            () => 0.5);
        _open.Add(connection);
        return connection;
    }

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) => members.ToDictionary(member => member.Name, member => member.Value);

    private static object[] Tools(params string[] names) =>
    [
        .. names.Select(name => Map(("type", "function"), ("function", Map(
            ("name", name),
            ("description", "A tool."),
            ("parameters", Map(("type", "object"), ("properties", Map(("text", Map(("type", "string"))))), ("required", new object[] { "text" }))))))),
    ];
}
