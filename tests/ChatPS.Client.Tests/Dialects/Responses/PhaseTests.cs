using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Sessions;
using ChatPS.Client.Tools;

namespace ChatPS.Client.Tests.Dialects.Responses;

/// <summary>Several messages in one response: the answer, and what the model says on its way to it.</summary>
public sealed class PhaseTests
{
    private const string Thought = """{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"opaque"}""";
    private const string Call = """{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{}","status":"completed"}""";

    // The phases and texts of the messages, in their order; then the text and the commentary of the answer.
    public static TheoryData<string, (string? Phase, string Text)[], string, string?> Answers => new()
    {
        { "a remark and an answer", [("commentary", "Looking."), ("final_answer", """{"ok":true}""")], """{"ok":true}""", "Looking." },
        { "no phases", [(null, "One. "), (null, "Two.")], "One. Two.", null },
        { "only a remark", [("commentary", "Looking.")], "", "Looking." },
        { "a remark and a message without a phase", [("commentary", "Looking."), (null, "Done.")], "Done.", "Looking." },
        { "several remarks", [("commentary", "One."), ("commentary", "Two."), ("final_answer", "Done.")], "Done.", "One.\n\nTwo." },
        { "several answers", [("final_answer", "One. "), ("final_answer", "Two.")], "One. Two.", null },
        { "a remark after the answer", [("final_answer", "Done."), ("commentary", "That was easy.")], "Done.", "That was easy." },
        { "a phase that nobody knows", [("musing", "Hm."), ("final_answer", "Done.")], "Done.", "Hm." },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_WholeOrStreamed_IsTheFinalMessages(string kind, (string? Phase, string Text)[] messages, string text, string? commentary)
    {
        Assert.NotEmpty(kind);
        string[] items = [Thought, .. messages.Select(Message)];
        using RawServer server = RawServer.Start(Json(Whole(items)), Stream(items), Stream(items, tellsAll: false));
        using ServiceConnection connection = Connect(server);

        ChatCompletion whole = await connection.CompleteAsync();
        List<ChatCompletionUpdate>[] streams = [await connection.StreamAsync(), await connection.StreamAsync()];

        Assert.Equal((text, commentary), (whole.Text, whole.Commentary));
        foreach (List<ChatCompletionUpdate> stream in streams)
        {
            ChatCompletion streamed = stream[^1].Completion!;
            Assert.Equal((text, commentary), (streamed.Text, streamed.Commentary));
            Assert.Equal(text, string.Concat(stream.Select(update => update.Text)));
            Assert.Equal(commentary ?? "", string.Concat(stream.Select(update => update.Commentary)));
            Assert.All(stream, update => Assert.True(update.Text.Length == 0 || update.Commentary is null));
        }
    }

    [Fact]
    public async Task Stream_PhaseThatIsToldAtTheEndOnly_IsRightInTheWhole()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(
            200,
            Engine.Event("""{"type":"response.output_text.delta","output_index":0,"delta":"Looking."}""")
            + Engine.Event($$"""{"type":"response.completed","response":{{Whole(Message(("commentary", "Looking.")), Message(("final_answer", "Done.")))}}}"""),
            "text/event-stream"));
        using ServiceConnection connection = Connect(server);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal(("Done.", "Looking."), (answer.Text, answer.Commentary));
    }

    [Theory]
    [InlineData("completed", 1)]
    [InlineData("incomplete", 0)]
    public async Task Answer_OnlyARemark_IsWarnedOfWhereItShouldBeWhole(string status, int expected)
    {
        string[] items = [Message(("commentary", "Looking."))];
        using RawServer server = RawServer.Start(Json(Whole(items, status)), Stream(items, tellsAll: true, status));
        using ServiceConnection connection = Connect(server);
        List<string> warnings = [];

        await connection.Chat.CompleteAsync(Engine.Ask(), new CallSettings { Warning = warnings.Add }, CancellationToken.None);
        await Engine.CollectAsync(connection.Chat.StreamAsync(Engine.Ask(), new CallSettings { Warning = warnings.Add }, RunPlan.None, CancellationToken.None));

        Assert.Equal(expected * 2, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains("Commentary", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_RemarkBeforeACall_IsNoTrouble()
    {
        using RawServer server = RawServer.Start(Json(Whole(Message(("commentary", "Looking.")), Call)));
        using ServiceConnection connection = Connect(server);
        List<string> warnings = [];

        ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask(), new CallSettings { Warning = warnings.Add }, CancellationToken.None);

        Assert.Equal(("", "Looking.", "tool_calls", 1), (answer.Text, answer.Commentary, answer.FinishReason, answer.ToolCalls.Count));
        Assert.Empty(warnings);
    }

    [Fact]
    public async Task Answer_RefusalInTheFinalMessage_IsOne()
    {
        using RawServer server = RawServer.Start(Json(Whole(Message(("commentary", "Looking.")), """{"type":"message","role":"assistant","phase":"final_answer","content":[{"type":"refusal","refusal":"I will not."}]}""")));
        using ServiceConnection connection = Connect(server);

        ChatCompletion answer = await connection.CompleteAsync();

        Assert.Equal(("", "I will not.", "Looking."), (answer.Text, answer.Refusal, answer.Commentary));
    }

    // The messages and the status; what the typed answer is, or what the error says.
    public static TheoryData<string, (string? Phase, string Text)[], string, string?, string?> Typed => new()
    {
        { "a remark and an answer", [("commentary", "Looking."), ("final_answer", """{"ok":true}""")], "completed", "True", null },
        { "a remark that is an object", [("commentary", """{"ok":false}"""), ("final_answer", """{"ok":true}""")], "completed", "True", null },
        { "the last of several answers", [("final_answer", """{"ok":false}"""), ("final_answer", """{"ok":true}""")], "completed", "True", null },
        { "one object in two messages", [(null, """{"ok":"""), (null, "true}")], "completed", "True", null },
        { "only a remark", [("commentary", """{"ok":true}""")], "completed", null, "does not fit" },
        { "a cut answer", [("final_answer", """{"ok":true}""")], "max_output_tokens", null, "cut off" },
        { "an answer that was steered away", [("final_answer", """{"ok":true}""")], "steered", null, "steered" },
        { "too many messages", [("final_answer", """{"ok":true}""")], "max_messages", null, "max_messages" },
    };

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task TypedAnswer_IsTheLastFinalMessage(string kind, (string? Phase, string Text)[] messages, string status, string? expected, string? error)
    {
        Assert.NotEmpty(kind);
        using RawServer server = RawServer.Start(Json(Whole([.. messages.Select(Message)], status)));
        using ServiceConnection connection = Connect(server);
        OutputFormat format = new("x", Ok) { Mode = SchemaMode.JsonSchema };
        Task<ChatCompletion> Asked() => connection.Chat.CompleteAsync(Engine.Ask() with { Output = format }, CallSettings.None, CancellationToken.None);

        if (error is null)
        {
            IReadOnlyDictionary<string, object?> value = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(format.Read(await Asked()).Value);
            Assert.Equal(expected, value["ok"]?.ToString());
        }
        else
        {
            ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(Asked);
            Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
            Assert.Contains(error, failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolRounds_SessionsAndCheckpoints_SendEveryPhaseAndThoughtBack(bool stream)
    {
        string[] first = [Thought, Message(("commentary", "Looking.")), Call];
        string[] second = [Message(("commentary", "Found it.")), Message(("final_answer", "Done."))];
        using RawServer server = RawServer.Start(
            stream ? Stream(first) : Json(Whole(first)), stream ? Stream(second) : Json(Whole(second)), Json(Whole(Message(("final_answer", "More.")))));
        using ServiceConnection connection = Connect(server);
        using CheckpointFolder folder = new();
        ChatRequest request = Engine.Ask() with { Store = false, ReasoningEffort = "low" };
        ChatCompletion[] answers = new ChatCompletion[2];
        for (int i = 0; i < answers.Length; i++)
        {
            // What the checkpoint holds is the same conversation.
            using Checkpoint checkpoint = folder.Open();
            RunPlan plan = new() { Checkpoint = checkpoint };
            answers[i] = stream
                ? (await Engine.CollectAsync(Loop(connection).StreamAsync(request, CallSettings.None, plan, CancellationToken.None)).WaitAsync(Engine.Patience))[^1].Completion!
                : await Loop(connection).CompleteAsync(request, CallSettings.None, plan, CancellationToken.None).WaitAsync(Engine.Patience);
        }

        string path = Path.GetTempFileName();
        SessionFile.Write(path, new ChatSession { Messages = [.. answers[1].Messages] });
        ChatSession session = SessionFile.Read(path);
        File.Delete(path);
        await connection.Chat.CompleteAsync(new ChatRequest { Messages = [.. session.Messages, new ChatMessage("user", "and?")] }, CallSettings.None, CancellationToken.None);

        Assert.Equal(3, server.Exchanges.Count);
        Assert.All(answers, answer => Assert.Equal(("Done.", "Found it."), (answer.Text, answer.Commentary)));
        Assert.Equal("Looking.", session.Messages[1].Commentary);
        Assert.Equal(["user", "opaque", "commentary", "c1", "c1"], Sent(server, 1));
        Assert.Equal(["user", "opaque", "commentary", "c1", "c1", "commentary", "final_answer", "user"], Sent(server, 2));
    }

    private static readonly Dictionary<string, object?> Ok = new()
    {
        ["type"] = "object",
        ["properties"] = new Dictionary<string, object?> { ["ok"] = new Dictionary<string, object?> { ["type"] = "boolean" } },
        ["required"] = new object?[] { "ok" },
    };

    private static string Message((string? Phase, string Text) message) =>
        $$"""{"type":"message","id":"msg_1","role":"assistant","status":"completed"{{(message.Phase is { } phase ? $",\"phase\":\"{phase}\"" : "")}},"content":[{"type":"output_text","text":{{JsonSerializer.Serialize(message.Text)}},"annotations":[]}]}""";

    private static string Whole(params string[] items) => Whole(items, "completed");

    private static string Whole(string[] items, string status)
    {
        string details = status is "completed" or "incomplete" ? "null" : $$"""{"reason":"{{status}}"}""";
        return $$"""{"id":"resp_1","object":"response","status":"{{(status == "completed" ? status : "incomplete")}}","incomplete_details":{{details}},"model":"m","output":[{{string.Join(",", items)}}]}""";
    }

    private static Func<RawExchange, Task> Json(string body) => RawServer.Answer(200, body);

    // The events of a response, whose last one holds all of it, or leaves out what was told.
    private static Func<RawExchange, Task> Stream(string[] items, bool tellsAll = true, string status = "completed")
    {
        List<string> events = [];
        for (int i = 0; i < items.Length; i++)
        {
            using JsonDocument item = JsonDocument.Parse(items[i]);
            JsonElement members = item.RootElement;
            bool isMessage = members.GetProperty("type").GetString() == "message";
            string phase = members.TryGetProperty("phase", out JsonElement told) ? $",\"phase\":\"{told.GetString()}\"" : "";
            events.Add($$"""{"type":"response.output_item.added","output_index":{{i}},"item":{{(isMessage ? $$"""{"type":"message","id":"msg_1","role":"assistant"{{phase}},"content":[]}""" : items[i])}}}""");
            foreach (char piece in isMessage ? members.GetProperty("content")[0].GetProperty("text").GetString()! : "")
            {
                events.Add($$"""{"type":"response.output_text.delta","item_id":"msg_1","output_index":{{i}},"delta":{{JsonSerializer.Serialize(piece.ToString())}},"obfuscation":"x"}""");
            }

            events.Add(tellsAll
                ? $$"""{"type":"response.output_item.done","output_index":{{i}},"item":{{items[i]}}}"""
                : """{"type":"response.something_new","at":1}""");
        }

        events.Add($$"""{"type":"response.{{(status == "completed" ? status : "incomplete")}}","response":{{Whole(tellsAll ? items : [], status)}}}""");
        return RawServer.Answer(200, string.Concat(events.Select(Engine.Event)), "text/event-stream");
    }

    private static ServiceConnection Connect(RawServer server) =>
        new(new ConnectionSettings { BaseUri = server.BaseUri, Dialect = KnownDialects.Responses, Model = "m", MaxRetry = 0 }, TimeProvider.System, () => 0.5);

    private static ToolLoop Loop(ServiceConnection connection) => new(connection.Chat, new ToolLimits(5, 5), _ => false, (call, _) =>
    {
        call.Output = "noon";
        return Task.CompletedTask;
    });

    // Of each item what tells it: the phase, the thought, the call, or who speaks.
    private static string[] Sent(RawServer server, int exchange)
    {
        using JsonDocument request = JsonDocument.Parse(server.Exchanges[exchange].Body);
        return [.. request.RootElement.GetProperty("input").EnumerateArray().Select(item =>
            new[] { "phase", "encrypted_content", "call_id", "role" }.Select(name => item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null).First(value => value is not null)!)];
    }
}
