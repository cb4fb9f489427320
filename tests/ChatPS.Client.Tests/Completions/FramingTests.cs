using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Text;

namespace ChatPS.Client.Tests.Completions;

/// <summary>Bodies that are not what their label or the request says: the first bytes tell what they are.</summary>
public sealed class FramingTests
{
    private const string Chat = """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""";
    private const string Message = """{"id":"m","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}}""";
    private const string Gemini = """{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP","index":0}]}""";
    private const string Response = """{"id":"r","object":"response","status":"completed","model":"m","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hello"}]}]}""";

    private static readonly string[] Labels = ["application/json", "text/plain", "text/event-stream", "application/octet-stream", "application/x-ndjson", "text/html"];

    private static readonly Dictionary<string, (string Whole, string[] Events)> Answers = new(StringComparer.Ordinal)
    {
        ["OpenAI"] = (Chat, [Engine.Text("Hel"), Engine.Text("lo", "stop")]),
        ["AzureOpenAI"] = (Chat, [Engine.Text("Hel"), Engine.Text("lo", "stop")]),
        ["Text"] = ("""{"id":"t","model":"m","choices":[{"index":0,"text":"Hello","finish_reason":"stop"}]}""", ["""{"choices":[{"index":0,"text":"Hel"}]}""", """{"choices":[{"index":0,"text":"lo","finish_reason":"stop"}]}"""]),
        ["Anthropic"] = (Message,
            ["""{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"m","content":[]}}""", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hel"}}""",
             """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}}""", """{"type":"content_block_stop","index":0}""", """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""", """{"type":"message_stop"}"""]),
        ["Gemini"] = (Gemini, ["""{"candidates":[{"content":{"role":"model","parts":[{"text":"Hel"}]},"index":0}]}""", """{"candidates":[{"content":{"role":"model","parts":[{"text":"lo"}]},"finishReason":"STOP","index":0}]}"""]),
        ["Responses"] = (Response, ["""{"type":"response.output_text.delta","output_index":0,"delta":"Hel"}""", """{"type":"response.output_text.delta","output_index":0,"delta":"lo"}""", $$"""{"type":"response.completed","response":{{Response}}}"""]),
    };

    private static readonly Dictionary<string, Func<string[], string>> Frames = new(StringComparer.Ordinal)
    {
        ["framed"] = static events => string.Concat(events.Select(Engine.Event)),
        ["framed, with its mark"] = static events => string.Concat(events.Select(Engine.Event)) + "data: [DONE]\n\n",
        ["no blank line at the end"] = static events => string.Join("\n\n", events.Select(data => "data: " + data)),
        ["no line end at all"] = static events => string.Join("\r\n\r\n", events.Select(data => "data:" + data)),
        ["a list"] = static events => $"[{string.Join("\n,\n", events)}\n]\n",
        ["a line each"] = static events => string.Join('\n', events),
        ["a line each, blank lines first"] = static events => "\n\n" + string.Join("\r\n", events) + "\r\n",
        ["unframed behind a comment"] = static events => ": hello\n\n" + string.Join("\n\n", events) + "\n",
        ["for people to read"] = static events => string.Concat(events.Select(data => "data: " + data.Replace(",\"", ",\n  \"", StringComparison.Ordinal) + "\n\n")),
        ["unknown fields"] = static events => "hint: x\n" + string.Concat(events.Select(data => $"trace: 1\ndata: {data}\nid\n\n")),
    };

    public static TheoryData<string, string> EveryFrame
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string dialect in Answers.Keys)
            {
                foreach (string frame in Frames.Keys)
                {
                    all.Add(dialect, frame);
                }
            }

            return all;
        }
    }

    public static TheoryData<string> Dialects => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(EveryFrame))]
    public async Task Call_EventsInAnyFrameUnderAnyLabel_AreTheAnswer(string dialect, string frame)
    {
        string body = Frames[frame](Answers[dialect].Events);
        foreach (string label in Labels)
        {
            Assert.Equal("Hello", await AskAsync(dialect, body, label, stream: true));
        }

        // Bare JSON within events is for streams; a whole answer is framed, or a list.
        if (!frame.StartsWith("unframed", StringComparison.Ordinal))
        {
            Assert.Equal("Hello", await AskAsync(dialect, body, "application/json", stream: false));
            Assert.Equal("Hello", await AskAsync(dialect, body, "text/event-stream", stream: false));
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Call_WholeAnswerUnderAnyLabel_IsTheAnswer(string dialect)
    {
        string whole = Answers[dialect].Whole;
        foreach (string label in Labels)
        {
            foreach (string body in new[] { whole, "\uFEFF" + whole, "\n\n  " + whole.Replace(",\"", ",\n \"", StringComparison.Ordinal) + "\n", Engine.Event(whole), $"data: {whole}", Engine.Event(whole) + "data: [DONE]\n\n" })
            {
                Assert.Equal("Hello", await AskAsync(dialect, body, label, stream: true));
                Assert.Equal("Hello", await AskAsync(dialect, body, label, stream: false));
            }
        }
    }

    [Theory]
    [InlineData("{\"code\":200,\"data\":{\"completion\":@}}")]
    [InlineData("data: {\"code\":200,\"data\":{\"completion\":@}}\n\n")]
    [InlineData("data: {\"code\":200,\"data\":{\"completion\":@}}\n\ndata: [DONE]")]
    public async Task Call_EnvelopeInAFrame_IsTheAnswer(string body)
    {
        using RawServer server = RawServer.Answering(200, body.Replace("@", Chat, StringComparison.Ordinal), "text/event-stream");
        using ServiceConnection connection = Connect(server, "Envelope");

        Assert.Equal("Hello", (await connection.CompleteAsync()).Text);
    }

    [Fact]
    public async Task Checkpoint_EventsNobodyAskedFor_AreReadAgain()
    {
        using CheckpointFolder folder = new();
        using RawServer server = RawServer.Answering(200, string.Concat(Answers["OpenAI"].Events.Select(Engine.Event)));
        using ServiceConnection connection = Engine.Connect(server);
        for (int i = 0; i < 2; i++)
        {
            using Checkpoint checkpoint = folder.Open();
            ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None).WaitAsync(Engine.Patience);
            Assert.Equal(("Hello", "stop"), (answer.Text, answer.FinishReason));
        }

        Assert.Single(server.Exchanges);
    }

    public static TheoryData<string, string, string> Endings => new()
    {
        { "error: {\"code\":500,\"message\":\"Out of memory.\"}\n\n", ErrorIds.ServerError, "Out of memory." },
        { "error: Out of memory.", ErrorIds.ServerError, "Out of memory." },
        { "{\"error\":{\"message\":\"Out of memory.\"}}", ErrorIds.ServerError, "Out of memory." },
        { "{\"error\":{\"message\":\"Out of memory.\"}}\ndata: [DONE]\n\n", ErrorIds.ServerError, "Out of memory." },
        { "{\n  \"error\": {\n    \"message\": \"Out of memory.\"\n  }\n}\n", ErrorIds.ServerError, "Out of memory." },
        { "{\"error\":{\"message\":\"maximum context length\"}}", ErrorIds.ContextTooLong, "maximum context length" },
        { "event: failure\ndata: {\"error\":{\"message\":\"Out of memory.\"}}\n\ndata: [DONE]\n\n", ErrorIds.ServerError, "Out of memory." },
        { "<html><title>502 Bad Gateway</title></html>", ErrorIds.BadResponse, "502 Bad Gateway" },
        { "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo", ErrorIds.StreamTruncated, "" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Stream_ErrorWithoutAFrame_IsReportedWithWhatCame(string end, string errorId, string words)
    {
        // Behind a blank line, and where that is missing.
        foreach (string begin in new[] { "data: " + Engine.Text("Hel") + "\n\n", "data: " + Engine.Text("Hel") + "\n" })
        {
            if (begin.EndsWith("}\n", StringComparison.Ordinal) && end[0] is not ('{' or '<'))
            {
                continue;
            }

            using RawServer server = RawServer.Streaming(begin, end);
            using ServiceConnection connection = Engine.Connect(server);

            ChatServiceException failure = await connection.FailStreamAsync();

            Assert.Equal((errorId, "Hel"), (failure.ErrorId, failure.PartialText));
            Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"request exceeds the available context size\"}}", ErrorIds.ContextTooLong, "available context size")]
    [InlineData("upstream connect error or reset", ErrorIds.ServerError, "upstream connect error or reset")]
    [InlineData("upstream: no healthy host", ErrorIds.ServerError, "no healthy host")]
    [InlineData("<html><title>502 Bad Gateway</title></html>", ErrorIds.BadResponse, "web page")]
    [InlineData("error: no healthy host", ErrorIds.ServerError, "no healthy host")]
    [InlineData(": still here\n\n", ErrorIds.StreamTruncated, "")]
    [InlineData("dat", ErrorIds.StreamTruncated, "")]
    public async Task Stream_NoEventAtAll_IsReadAsTheErrorThatItIs(string body, string errorId, string words)
    {
        using RawServer server = RawServer.Answering(200, body, "text/event-stream");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal(errorId, failure.ErrorId);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ListThatIsCutOff_IsTruncatedWithWhatCame()
    {
        using RawServer server = RawServer.Answering(200, $"[{Answers["Gemini"].Events[0]}\n,\n{Answers["Gemini"].Events[1][..40]}");
        using ServiceConnection connection = Connect(server, "Gemini");

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal((ErrorIds.StreamTruncated, "Hel"), (failure.ErrorId, failure.PartialText));
    }

    public static TheoryData<string, string[]> WholeMessages => new()
    {
        { "one message", [MessageEvent("""{"role":"assistant","content":"Hello"}""", "stop")] },
        { "the message so far", [MessageEvent("""{"content":"Hel"}""", null), MessageEvent("""{"content":"Hello"}""", "stop")] },
        { "messages as pieces", [MessageEvent("""{"content":"Hel"}""", null), MessageEvent("""{"content":"lo"}""", "stop")] },
        { "the whole at the end", [Engine.Text("Hel"), Engine.Text("lo"), MessageEvent("""{"content":"Hello"}""", "stop")] },
        { "the whole at the end, in other words", [Engine.Text("Hel"), Engine.Text("lo"), MessageEvent("""{"content":"hello."}""", "stop")] },
        { "an empty delta beside it", ["""{"choices":[{"index":0,"delta":{},"message":{"content":"Hello"},"finish_reason":"stop"}]}"""] },
        { "a delta beside the message so far", ["""{"choices":[{"index":0,"delta":{"content":"Hel"},"message":{"content":"Hel"}}]}""", """{"choices":[{"index":0,"delta":{"content":"lo"},"message":{"content":"Hello"},"finish_reason":"stop"}]}"""] },
    };

    [Theory]
    [MemberData(nameof(WholeMessages))]
    public async Task Stream_MessageInPlaceOfDeltas_IsTheAnswer(string kind, string[] events)
    {
        Assert.NotEmpty(kind);
        using RawServer server = RawServer.Streaming([.. events.Select(Engine.Event), Engine.Event("[DONE]")]);
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync();

        Assert.Equal(("Hello", "stop"), (updates[^1].Completion!.Text, updates[^1].Completion!.FinishReason));
        Assert.Equal("Hello", string.Concat(updates.Select(update => update.Text)));
    }

    [Fact]
    public async Task Stream_MessageWithCallsAndReasoning_IsTheAnswer()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event(MessageEvent("""{"content":null,"reasoning_content":"Hm.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"c2","type":"function","function":{"name":"f","arguments":"{}"}}]}""", "tool_calls")));
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal(["c1", "c2"], answer.ToolCalls.Select(call => call.Id));
        Assert.Equal("Hm.", answer.Reasoning);
    }

    private static string MessageEvent(string message, string? finish) => $$"""{"choices":[{"index":0,"message":{{message}},"finish_reason":{{(finish is null ? "null" : Engine.Json(finish))}}}]}""";

    private static async Task<string> AskAsync(string dialect, string body, string label, bool stream)
    {
        using RawServer server = RawServer.Start(exchange => exchange.AnswerAsync(200, body, label));
        using ServiceConnection connection = Connect(server, dialect == "Text" ? "OpenAI" : dialect);
        if (dialect == "Text")
        {
            TextRequest request = new() { Prompt = "p" };
            return stream
                ? (await Engine.CollectAsync(connection.Text.StreamAsync(request, CallSettings.None, CancellationToken.None)).WaitAsync(Engine.Patience))[^1].Completion!.Text
                : (await connection.Text.CompleteAsync(request, CallSettings.None, CancellationToken.None).WaitAsync(Engine.Patience)).Text;
        }

        return stream ? (await connection.StreamAsync())[^1].Completion!.Text : (await connection.CompleteAsync()).Text;
    }

    private static ServiceConnection Connect(RawServer server, string dialect) => Engine.Connect(new ConnectionSettings
    {
        Dialect = KnownDialects.Find(dialect, "test"),
        BaseUri = server.BaseUri,
        Key = Engine.Secret(Engine.Key),
        Model = "m",
        MaxRetry = 0,
    });
}
