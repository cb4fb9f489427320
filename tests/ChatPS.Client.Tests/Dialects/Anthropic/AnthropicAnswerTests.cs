using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Anthropic;

/// <summary>What becomes of answers as Anthropic describes them.</summary>
public sealed class AnthropicAnswerTests
{
    private const string Thinking = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-test","container":null,
         "content":[
          {"type":"thinking","thinking":"Hm.","signature":"EqQB"},
          {"type":"redacted_thinking","data":"EmwKAhgB"},
          {"type":"text","text":"Let me look."},
          {"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Oslo"}},
          {"type":"brand_new","x":{"y":[1]}}],
         "stop_reason":"tool_use","stop_sequence":null,
         "usage":{"input_tokens":10,"cache_creation_input_tokens":20,"cache_read_input_tokens":30,"output_tokens":5,"output_tokens_details":{"thinking_tokens":3},"service_tier":"standard","server_tool_use":null}}
        """;

    [Fact]
    public async Task Chat_WholeAnswer_KeepsEverything()
    {
        ChatCompletion answer = await AnswerAsync(Thinking);

        Assert.Equal(("Let me look.", "tool_calls", "Hm."), (answer.Text, answer.FinishReason, answer.Reasoning));
        Assert.Equal(("msg_1", "claude-test", "standard", "req_7"), (answer.Id, answer.Model, answer.ServiceTier, answer.RequestId));
        ChatToolCall call = Assert.Single(answer.ToolCalls);
        Assert.Equal(("toolu_1", "function", "get_weather", """{"city":"Oslo"}"""), (call.Id, call.Type, call.Name, call.Arguments));
        Assert.Equal((60, 5, 65, 30, 20, 3), (answer.Usage!.InputTokens, answer.Usage.OutputTokens, answer.Usage.TotalTokens, answer.Usage.CachedTokens, answer.Usage.CacheWriteTokens, answer.Usage.ReasoningTokens));
        Assert.Equal(Thinking, answer.Raw);
        Assert.Equal("Anthropic", answer.Message!.RawDialect);
        Assert.Equal(
            """[{"type":"thinking","thinking":"Hm.","signature":"EqQB"},{"type":"redacted_thinking","data":"EmwKAhgB"},{"type":"text","text":"Let me look."},{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Oslo"}},{"type":"brand_new","x":{"y":[1]}}]""",
            answer.Message.Raw);
    }

    [Fact]
    public async Task Chat_PlainText_KeepsNoRaw()
    {
        ChatCompletion answer = await AnswerAsync(Message("""{"type":"text","text":"Hello","citations":null}""", "end_turn"));

        Assert.Equal("Hello", answer.Text);
        Assert.Null(answer.Message!.Raw);
        Assert.Null(answer.Usage);
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("tool_use", "tool_calls")]
    [InlineData("refusal", "content_filter")]
    [InlineData("pause_turn", "pause_turn")]
    [InlineData("Brand_New", "brand_new")]
    public async Task Chat_StopReason_IsAFinishReason(string reason, string expected) =>
        Assert.Equal(expected, (await AnswerAsync(Message("""{"type":"text","text":"x"}""", reason))).FinishReason);

    [Fact]
    public async Task Chat_Refusal_SaysWhy()
    {
        ChatCompletion answer = await AnswerAsync("""{"type":"message","content":[],"stop_reason":"refusal","stop_details":{"type":"refusal","category":"bio","explanation":"Not this."}}""");

        Assert.Equal(("", "Not this.", "content_filter"), (answer.Text, answer.Refusal, answer.FinishReason));
    }

    [Theory]
    [InlineData("null", null, null)]
    [InlineData("""{"type":"refusal","category":null,"explanation":null}""", null, null)]
    [InlineData("""{"type":"refusal","category":"cyber","explanation":null}""", "The service's rules refuse it (cyber).", "cyber")]
    [InlineData("""{"type":"refusal","category":"bio","explanation":"Not this."}""", "Not this.", "bio")]
    public async Task Chat_Refusal_HasItsDetailsWhereThereAreAny(string details, string? refusal, string? category)
    {
        ChatCompletion answer = await AnswerAsync($$"""{"type":"message","content":[{"type":"text","text":"Well"}],"stop_reason":"refusal","stop_details":{{details}}}""");

        Assert.Equal(("Well", refusal, "content_filter"), (answer.Text, answer.Refusal, answer.FinishReason));
        Assert.Equal(category, answer.ContentFilters.SingleOrDefault()?.Category);
    }

    [Fact]
    public async Task Chat_FullContext_SaysThatMoreTokensDoNotHelp()
    {
        using RawServer server = RawServer.Answering(200, Message("""{"type":"text","text":"half"}""", "model_context_window_exceeded"));
        using ServiceConnection connection = Connect(server.BaseUri);
        List<string> warnings = [];

        ChatCompletion answer = await connection.CompleteAsync(settings: new CallSettings { Warning = warnings.Add });

        Assert.Equal("length", answer.FinishReason);
        Assert.Contains("context is full", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_UsageOfEachEvent_IsWhatThereIsSoFar()
    {
        using RawServer server = RawServer.Streaming(
            Event("""{"type":"message_start","message":{"content":[],"usage":{"input_tokens":2,"output_tokens":1}}}"""),
            Event("""{"type":"message_delta","delta":{},"usage":{"output_tokens":5}}"""),
            Event("""{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":null,"container":{"id":"c"}},"usage":{"output_tokens":9}}"""),
            Event("""{"type":"message_stop"}"""));
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal((2, 9), (answer.Usage!.InputTokens, answer.Usage.OutputTokens));
    }

    [Fact]
    public async Task Chat_WebSearch_HasCallsAndCitations()
    {
        ChatCompletion answer = await AnswerAsync(Message(
            """
            {"type":"text","text":"I will search."},
            {"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"oslo weather"}},
            {"type":"web_search_tool_result","tool_use_id":"s1","content":[{"type":"web_search_result","title":"Yr","url":"https://yr.no","encrypted_content":"x","page_age":null}]},
            {"type":"text","text":"It is "},
            {"type":"text","text":"cold","citations":[{"type":"web_search_result_location","url":"https://yr.no","title":"Yr","cited_text":"4 C","encrypted_index":"y"},{"type":"char_location","document_title":"Doc","cited_text":"c","start_char_index":0,"end_char_index":1,"document_index":0}]}
            """,
            "end_turn"));

        Assert.Equal("I will search.\n\nIt is cold", answer.Text);
        Assert.Equal([("Yr", "https://yr.no", 22, 25), ("Doc", null, 22, 25)], answer.Citations.Select(citation => (citation.Title, citation.Url, citation.StartIndex!.Value, citation.EndIndex!.Value)));
        ChatBuiltInCall call = Assert.Single(answer.BuiltInCalls);
        Assert.Equal(("s1", "web_search", "completed", "oslo weather"), (call.Id, call.Type, call.Status, call.Input));
        Assert.Equal([("Yr", "https://yr.no")], call.Sources.Select(source => (source.Title, source.Url)));
        Assert.Contains("encrypted_content", call.Raw, StringComparison.Ordinal);
        Assert.Contains("encrypted_index", answer.Message!.Raw!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"web_search_tool_result","tool_use_id":"s1","content":{"type":"web_search_tool_result_error","error_code":"max_uses_exceeded"}}""", "failed", null, "max_uses_exceeded")]
    [InlineData("""{"type":"bash_code_execution_tool_result","tool_use_id":"s1","content":{"type":"bash_code_execution_result","stdout":"42\n","stderr":"","return_code":0,"content":[]}}""", "completed", "42\n", null)]
    [InlineData("""{"type":"bash_code_execution_tool_result","tool_use_id":"s1","content":{"type":"bash_code_execution_result","stdout":"","stderr":"boom","return_code":1,"content":[]}}""", "failed", "boom", "boom")]
    [InlineData("""{"type":"web_fetch_tool_result","tool_use_id":"s1","content":{"type":"web_fetch_result","url":"https://a.b","content":{"type":"document","title":"T","source":{"type":"text","media_type":"text/plain","data":"page"},"citations":{"enabled":true}}}}""", "completed", "page", null)]
    [InlineData("""{"type":"mcp_tool_result","tool_use_id":"s1","is_error":true,"content":[{"type":"text","text":"no"}]}""", "failed", "no", "no")]
    [InlineData("""{"type":"text","text":"no result"}""", null, null, null)]
    public async Task Chat_BuiltInCall_TellsHowItEnded(string result, string? status, string? output, string? error)
    {
        ChatCompletion answer = await AnswerAsync(Message("""{"type":"server_tool_use","id":"s1","name":"a_tool","input":{"n":1}},""" + result, "end_turn"));

        ChatBuiltInCall call = Assert.Single(answer.BuiltInCalls);
        Assert.Equal((status, output, error, """{"n":1}"""), (call.Status, call.Output, call.Error, call.Input));
    }

    [Fact]
    public async Task Stream_EveryKindOfEvent_MakesTheSameAnswer()
    {
        string[] events =
        [
            """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-test","content":[],"stop_reason":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":20,"cache_read_input_tokens":30,"output_tokens":1,"service_tier":"standard"}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
            """{"type":"ping"}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"H"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"m."}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"EmwKAhgB"}}""",
            """{"type":"content_block_stop","index":1}""",
            """{"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}""",
            """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Let me"}}""",
            """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":" look."}}""",
            """{"type":"content_block_delta","index":2,"delta":{"type":"brand_new_delta","z":1}}""",
            """{"type":"content_block_stop","index":2}""",
            """{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{}}}""",
            """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}""",
            """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"city\":"}}""",
            """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"\"Oslo\"}"}}""",
            """{"type":"content_block_stop","index":3}""",
            """{"type":"content_block_start","index":4,"content_block":{"type":"brand_new","x":{"y":[1]}}}""",
            """{"type":"content_block_stop","index":4}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":5,"output_tokens_details":{"thinking_tokens":3}}}""",
            """{"type":"brand_new_event"}""",
            """{"type":"message_stop"}""",
        ];
        using RawServer server = RawServer.Streaming([.. events.Select(Event)]);
        using ServiceConnection connection = Connect(server.BaseUri);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync();
        ChatCompletion answer = updates[^1].Completion!;
        ChatCompletion whole = await AnswerAsync(Thinking);

        Assert.Equal(["H", "m.", null, null, null], updates.Select(update => update.Reasoning));
        Assert.Equal(["", "", "Let me", " look.", ""], updates.Select(update => update.Text));
        Assert.Equal(Facts(whole), Facts(answer));
        Assert.Equal(whole.Message!.Raw, answer.Message!.Raw);
        Assert.Equal(events.Where(data => !data.Contains("ping", StringComparison.Ordinal) && !data.Contains("new_event", StringComparison.Ordinal)), answer.Raw.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        ChatCompletion restored = KnownDialects.Anthropic.Chat.Restore(answer.Raw, isStream: true, Engine.Ask(), Call());
        Assert.Equal(Facts(answer), Facts(restored));
        Assert.Equal(answer.Message.Raw, restored.Message!.Raw);
        Assert.Equal(Facts(whole), Facts(KnownDialects.Anthropic.Chat.Restore(whole.Raw, isStream: false, Engine.Ask(), Call())));
    }

    [Fact]
    public async Task Stream_CitationsAndCutOffArguments_AreKept()
    {
        using RawServer server = RawServer.Streaming(
            Event("""{"type":"message_start","message":{"content":[]}}"""),
            Event("""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","citations":[]}}"""),
            Event("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"cold"}}"""),
            Event("""{"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://yr.no","title":"Yr"}}}"""),
            Event("""{"type":"content_block_stop","index":0}"""),
            Event("""{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}"""),
            Event("""{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a"}}"""),
            Event("""{"type":"content_block_stop","index":1}"""),
            Event("""{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":5}}"""),
            Event("""{"type":"message_stop"}"""));
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal(("Yr", "https://yr.no", 0, 3), (answer.Citations[0].Title, answer.Citations[0].Url, answer.Citations[0].StartIndex, answer.Citations[0].EndIndex));
        Assert.Equal(("""{"a""", "length"), (Assert.Single(answer.ToolCalls).Arguments, answer.FinishReason));
        string sent = Encoding.UTF8.GetString(KnownDialects.Anthropic.Chat.ToJson(
            new ChatRequest { Model = "m", Messages = [.. answer.Messages, new ChatMessage("tool", "?") { ToolCallId = "t" }] }, new ConnectionSettings { Dialect = KnownDialects.OpenAI }, CallSettings.None));
        Assert.Contains("""{"type":"tool_use","id":"t","name":"f","input":{"input":"{\"a"}}""", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_WithoutEventNames_IsReadAllTheSame()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event("""{"type":"message_start","message":{"content":[]}}"""),
            Engine.Event("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}"""),
            Engine.Event("""{"type":"content_block_stop","index":0}"""),
            Engine.Event("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":2,"output_tokens":5}}"""));
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal(("hi", "stop", 7), (answer.Text, answer.FinishReason, answer.Usage!.TotalTokens));
    }

    [Theory]
    [InlineData("event: error\n", "overloaded_error", ErrorIds.ServerError)]
    [InlineData("", "overloaded_error", ErrorIds.ServerError)]
    [InlineData("event: error\n", "rate_limit_error", ErrorIds.RateLimited)]
    [InlineData("event: error\n", "permission_error", ErrorIds.AuthenticationFailed)]
    [InlineData("event: error\n", "timeout_error", ErrorIds.Timeout)]
    [InlineData("event: error\n", "api_error", ErrorIds.ServerError)]
    public async Task Stream_ErrorEvent_IsAFailureWithWhatHadArrived(string name, string type, string expected)
    {
        using RawServer server = RawServer.Streaming(
            Event("""{"type":"message_start","message":{"content":[]}}"""),
            Event("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}"""),
            name + Engine.Event($$$"""{"type":"error","error":{"type":"{{{type}}}","message":"Oh."},"request_id":"req_9"}"""));
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal((expected, "hi"), (failure.ErrorId, failure.PartialText));
        Assert.Contains("Oh.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "invalid_request_error", "messages: Field required", ErrorIds.InvalidRequest)]
    [InlineData(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", ErrorIds.ContextTooLong)]
    [InlineData(400, "invalid_request_error", "input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000", ErrorIds.ContextTooLong)]
    [InlineData(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.", ErrorIds.QuotaExceeded)]
    [InlineData(400, "invalid_request_error", "Output blocked by content filtering policy", ErrorIds.ContentFiltered)]
    [InlineData(401, "authentication_error", "invalid x-api-key", ErrorIds.AuthenticationFailed)]
    [InlineData(402, "billing_error", "Pay.", ErrorIds.QuotaExceeded)]
    [InlineData(403, "permission_error", "No.", ErrorIds.AuthenticationFailed)]
    [InlineData(404, "not_found_error", "model: claude-x", ErrorIds.ModelNotFound)]
    [InlineData(404, "not_found_error", "Not found", ErrorIds.InvalidRequest)]
    [InlineData(413, "request_too_large", "Request exceeds the maximum size", ErrorIds.ContextTooLong)]
    [InlineData(429, "rate_limit_error", "Slow.", ErrorIds.RateLimited)]
    [InlineData(500, "api_error", "Internal server error", ErrorIds.ServerError)]
    [InlineData(504, "timeout_error", "Late.", ErrorIds.Timeout)]
    [InlineData(529, "overloaded_error", "Overloaded", ErrorIds.ServerError)]
    public async Task Chat_Error_HasItsId(int status, string type, string message, string expected)
    {
        using RawServer server = RawServer.Answering(status, $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"{{{message}}}"},"request_id":"req_9"}""", "application/json", "request-id: req_9");
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((expected, status, "req_9"), (failure.ErrorId, failure.StatusCode, failure.RequestId));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_Overloaded_IsTriedAgain()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", headers: "retry-after: 0"),
            RawServer.Answer(200, Message("""{"type":"text","text":"hi"}""", "end_turn")));
        using ServiceConnection connection = Connect(server.BaseUri, maxRetry: 1);

        Assert.Equal("hi", (await connection.CompleteAsync()).Text);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Theory]
    [InlineData("""{"id":"x","type":"message"}""")]
    [InlineData("[]")]
    public async Task Chat_NoAnswer_IsABadResponse(string body)
    {
        using RawServer server = RawServer.Answering(200, body);
        using ServiceConnection connection = Connect(server.BaseUri);

        Assert.Equal(ErrorIds.BadResponse, (await connection.FailAsync()).ErrorId);
    }

    [Fact]
    public async Task Chat_ErrorWithStatus200_IsAFailure()
    {
        using RawServer server = RawServer.Answering(200, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        Assert.Equal(ErrorIds.ServerError, (await connection.FailAsync()).ErrorId);
    }

    [Fact]
    public async Task Chat_KeyAndVersion_AreInHeadersOfTheirOwn()
    {
        using RawServer server = RawServer.Answering(200, Message("""{"type":"text","text":"hi"}""", "end_turn"));
        using ServiceConnection connection = Connect(server.BaseUri);

        await connection.CompleteAsync();
        await connection.CompleteAsync(settings: new CallSettings
        {
            AdditionalHeader = new Dictionary<string, string>(StringComparer.Ordinal) { ["anthropic-version"] = "2099-01-01", ["anthropic-beta"] = "b-1" },
        });

        RawExchange first = server.Exchanges[0];
        Assert.StartsWith("POST /v1/messages HTTP", first.Head, StringComparison.Ordinal);
        Assert.Equal((Engine.Key, "2023-06-01", null, null), (first.Header("x-api-key"), first.Header("anthropic-version"), first.Header("Authorization"), first.Header("anthropic-beta")));
        Assert.DoesNotContain(Engine.Key, first.Body, StringComparison.Ordinal);
        Assert.Equal(("2099-01-01", "b-1"), (server.Exchanges[1].Header("anthropic-version"), server.Exchanges[1].Header("anthropic-beta")));
    }

    [Fact]
    public async Task Models_SeveralPages_AreOneList()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"data":[{"type":"model","id":"a","display_name":"A","created_at":"2023-11-14T22:13:20Z"},{"type":"model","id":"b","created_at":"1970-01-01T00:00:00Z"}],"has_more":true,"first_id":"a","last_id":"b"}"""),
            RawServer.Answer(200, """{"data":[{"type":"model","id":"c","display_name":"C"}],"has_more":false,"first_id":"c","last_id":"c"}"""));
        using ServiceConnection connection = Connect(server.BaseUri);

        IReadOnlyList<ChatModel> models = await connection.Models.ListAsync(CallSettings.None, CancellationToken.None);

        Assert.Equal(["a", "b", "c"], models.Select(model => model.Id));
        Assert.Equal(("A", DateTimeOffset.FromUnixTimeSeconds(1700000000)), (models[0].DisplayName, models[0].Created));
        Assert.Null(models[1].Created);
        Assert.Contains("after_id=b", server.Exchanges[1].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_ServiceThatNeverEnds_IsAskedNoFurther()
    {
        using RawServer server = RawServer.Answering(200, """{"data":[{"id":"a"}],"has_more":true,"last_id":"a"}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        Assert.Single(await connection.Models.ListAsync(CallSettings.None, CancellationToken.None));
    }

    private static object Facts(ChatCompletion answer) => (
        answer.Text, answer.FinishReason, answer.Reasoning, answer.Id, answer.Model, answer.ServiceTier, string.Join(';', answer.ToolCalls), answer.ToolCalls.FirstOrDefault()?.Id, answer.Usage!.ToString(), (answer.Usage.CachedTokens, answer.Usage.CacheWriteTokens, answer.Usage.ReasoningTokens));

    private static CallContext Call() => new(new ConnectionSettings { Dialect = KnownDialects.OpenAI }, CallSettings.None, TimeProvider.System, CancellationToken.None, CancellationToken.None);

    private static string Message(string blocks, string reason) => $$"""{"id":"msg_1","type":"message","role":"assistant","model":"claude-test","content":[{{blocks}}],"stop_reason":"{{reason}}"}""";

    private static string Event(string data) => $"event: {data.Split('"')[3]}\ndata: {data}\n\n";

    private static async Task<ChatCompletion> AnswerAsync(string body)
    {
        using RawServer server = RawServer.Answering(200, body, "application/json", "request-id: req_7");
        using ServiceConnection connection = Connect(server.BaseUri);
        return await connection.CompleteAsync();
    }

    private static ServiceConnection Connect(Uri address, int maxRetry = 0) => new(
        new ConnectionSettings { BaseUri = address, Dialect = KnownDialects.Anthropic, Key = Engine.Secret(Engine.Key), Model = "claude-test", MaxRetry = maxRetry }, TimeProvider.System, () => 0.5);
}
