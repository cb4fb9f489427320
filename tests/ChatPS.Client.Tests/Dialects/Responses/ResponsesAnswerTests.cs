using System.Text;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Responses;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Dialects.Responses;

/// <summary>Responses and their events as answers, from the forms that OpenAI documents.</summary>
public sealed class ResponsesAnswerTests
{
    private const string Text = """{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hello","annotations":[]}]}""";

    private static readonly string[] Events =
    [
        """{"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[]},"sequence_number":0}""",
        """{"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[]}}""",
        """{"type":"response.reasoning_summary_part.added","item_id":"rs_1","summary_index":0}""",
        """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","delta":"I thi"}""",
        """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","delta":"nk."}""",
        """{"type":"response.reasoning_summary_part.added","item_id":"rs_1","summary_index":1}""",
        """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","delta":"Done."}""",
        """{"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"I think."},{"type":"summary_text","text":"Done."}],"encrypted_content":"x"}}""",
        """{"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"Hel"}""",
        """{"type":"response.something.new","whatever":1}""",
        """{"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"lo"}""",
        "{\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":" + Text + "}",
    ];

    private static readonly string Completed =
        """{"type":"response.completed","response":{"id":"resp_1","status":"completed","model":"m","error":null,"output":[{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"I think."},{"type":"summary_text","text":"Done."}],"encrypted_content":"x"},"""
        + Text + """],"usage":{"input_tokens":3,"output_tokens":4,"total_tokens":7,"output_tokens_details":{"reasoning_tokens":2},"input_tokens_details":{"cached_tokens":1}}}}""";

    [Fact]
    public void Answer_Whole_HasEverything()
    {
        ChatCompletion answer = Read(Whole(
            "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"I think.\"}],\"encrypted_content\":\"secret\"}," + Text,
            """ "created_at":1741476777,"model":"gpt-5","service_tier":"flex","metadata":{"run":"7"},"conversation":{"id":"conv_1"},"vendor":"kept","usage":{"input_tokens":36,"input_tokens_details":{"cached_tokens":5},"output_tokens":87,"output_tokens_details":{"reasoning_tokens":60},"total_tokens":123}"""));

        Assert.Equal(("Hello", "stop", "resp_1", "gpt-5", "flex", "conv_1"), (answer.Text, answer.FinishReason, answer.Id, answer.Model, answer.ServiceTier, answer.ConversationId));
        Assert.Equal("I think.", answer.Reasoning);
        Assert.Equal((36, 87, 123, 5, 60), (answer.Usage!.InputTokens, answer.Usage.OutputTokens, answer.Usage.TotalTokens, answer.Usage.CachedTokens, answer.Usage.ReasoningTokens));
        Assert.Equal("7", answer.Metadata["run"]);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1741476777), answer.Created);
        Assert.Contains("\"vendor\":\"kept\"", answer.Raw, StringComparison.Ordinal);
        Assert.Contains("\"encrypted_content\":\"secret\"", answer.Message!.Raw, StringComparison.Ordinal);
        Assert.Equal("Responses", answer.Message.RawDialect);
    }

    [Fact]
    public void Answer_TextAlone_NeedsNoRaw() => Assert.Null(Read(Whole(Text)).Message!.Raw);

    [Theory]
    [InlineData("completed", "null", "stop")]
    [InlineData("incomplete", """{"reason":"max_output_tokens"}""", "length")]
    [InlineData("incomplete", """{"reason":"content_filter"}""", "content_filter")]
    [InlineData("incomplete", """{"reason":"max_messages"}""", "max_messages")]
    [InlineData("incomplete", """{"reason":"steered"}""", "steered")]
    [InlineData("incomplete", """{"reason":"something_new"}""", "something_new")]
    [InlineData("queued", "null", "queued")]
    [InlineData("in_progress", "null", "in_progress")]
    public void Answer_Status_IsTheFinishReason(string status, string details, string expected) =>
        Assert.Equal(expected, Read($$"""{"id":"resp_1","status":"{{status}}","incomplete_details":{{details}},"output":[]}""").FinishReason);

    [Theory]
    [InlineData("rate_limit_exceeded", ErrorIds.RateLimited)]
    [InlineData("server_error", ErrorIds.ServerError)]
    [InlineData("invalid_prompt", ErrorIds.InvalidRequest)]
    [InlineData("image_too_large", ErrorIds.InvalidRequest)]
    [InlineData("image_content_policy_violation", ErrorIds.ContentFiltered)]
    [InlineData("bio_policy", ErrorIds.ContentFiltered)]
    [InlineData("misalignment_policy_violation", ErrorIds.ContentFiltered)]
    [InlineData("data_residency_mismatch", ErrorIds.InvalidRequest)]
    [InlineData("vector_store_timeout", ErrorIds.Timeout)]
    public async Task Answer_Failed_IsTheFailure(string code, string expected)
    {
        using RawServer server = RawServer.Answering(200, $$"""{"id":"resp_1","status":"failed","error":{"code":"{{code}}","message":"It went wrong.","param":null,"type":null,"misalignment":null},"output":[]}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(expected, failure.ErrorId);
        Assert.Contains("It went wrong.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(code, failure.ServiceCode);
    }

    [Theory]
    [InlineData("""{"id":"resp_1","status":"cancelled","output":[]}""")]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("""{"id":"resp_1","status":"completed","output":["no item"]}""")]
    [InlineData("""{"id":"resp_1","status":"completed","output":[{"type":"message","content":[7]}]}""")]
    public async Task Answer_ThatIsNone_IsABadResponse(string body)
    {
        using RawServer server = RawServer.Answering(200, body);
        using ServiceConnection connection = Connect(server.BaseUri);

        Assert.Equal(ErrorIds.BadResponse, (await connection.FailAsync()).ErrorId);
    }

    [Fact]
    public void Answer_CallsOfTools_AreToolCalls()
    {
        ChatCompletion answer = Read(Whole(
            """{"type":"function_call","id":"fc_1","call_id":"call_1","name":"lookup","arguments":"{\"a\":1}","status":"completed"},{"type":"custom_tool_call","id":"ctc_1","call_id":"call_2","name":"run","input":"text"}"""));

        Assert.Equal("tool_calls", answer.FinishReason);
        Assert.Equal([("call_1", "function", "lookup", "{\"a\":1}"), ("call_2", "custom", "run", "text")], answer.ToolCalls.Select(call => (call.Id!, call.Type, call.Name, call.Arguments)));
        Assert.Null(answer.Message!.Raw);
    }

    [Fact]
    public void Answer_Refusal_IsNoText()
    {
        ChatCompletion answer = Read(Whole("""{"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"I will not."}]}"""));

        Assert.Equal(("", "I will not."), (answer.Text, answer.Refusal));
    }

    [Fact]
    public void Answer_Annotations_AreCitations()
    {
        ChatCompletion answer = Read(Whole(
            """{"type":"message","role":"assistant","content":[{"type":"output_text","text":"x","annotations":[{"type":"url_citation","start_index":1,"end_index":2,"url":"https://example.com","title":"Example"},{"type":"file_citation","index":5,"file_id":"file-1","filename":"a.pdf"},{"type":"container_file_citation","container_id":"c","file_id":"cfile_1","start_index":3,"end_index":4,"filename":"b.csv"}]}]}"""));

        Assert.Equal(
            [("Example", "https://example.com", null, 1), ("a.pdf", null, "file-1", null), ("b.csv", null, "cfile_1", 3)],
            answer.Citations.Select(citation => (citation.Title, citation.Url, citation.FileId, citation.StartIndex)));
    }

    [Fact]
    public void Answer_LogProbs_AreThoseOfTheTokens()
    {
        ChatCompletion answer = Read(Whole(
            """{"type":"message","role":"assistant","content":[{"type":"output_text","text":"x","logprobs":[{"token":"x","logprob":-0.5,"bytes":[120],"top_logprobs":[{"token":"y","logprob":-2}]}]}]}"""));

        ChatTokenLogProb token = Assert.Single(answer.Choices[0].LogProbs);
        Assert.Equal(("x", -0.5, "y"), (token.Token, token.LogProb, Assert.Single(token.Top).Token));
    }

    [Theory]
    [InlineData("""{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"news","sources":[{"type":"url","url":"https://example.com"}]}}""", "web_search", "news", null, "https://example.com")]
    [InlineData("""{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"open_page","url":"https://example.com"}}""", "web_search", "https://example.com", null, null)]
    [InlineData("""{"type":"file_search_call","id":"fs_1","status":"completed","queries":["a","b"],"results":[{"file_id":"file-1","filename":"a.pdf","score":0.9,"text":"found"}]}""", "file_search", "a\nb", "found", "a.pdf")]
    [InlineData("""{"type":"code_interpreter_call","id":"ci_1","status":"completed","code":"print(4)","container_id":"c","outputs":[{"type":"logs","logs":"4"},{"type":"image","url":"https://example.com/i.png"}]}""", "code_interpreter", "print(4)", "4", "https://example.com/i.png")]
    [InlineData("""{"type":"image_generation_call","id":"ig_1","status":"completed","revised_prompt":"a cat","result":"AQID"}""", "image_generation", "a cat", null, null)]
    [InlineData("""{"type":"mcp_call","id":"mcp_1","server_label":"docs","name":"find","arguments":"{}","output":"here","error":null}""", "mcp", "{}", "here", null)]
    [InlineData("""{"type":"mcp_list_tools","id":"mcpl_1","server_label":"docs","tools":[{"name":"a","input_schema":{}},{"name":"b","input_schema":{}}]}""", "mcp_list_tools", null, "a\nb", null)]
    [InlineData("""{"type":"mcp_approval_request","id":"mcpr_1","server_label":"docs","name":"find","arguments":"{}"}""", "mcp_approval_request", "{}", null, null)]
    [InlineData("""{"type":"shell_call","id":"sh_1","status":"completed","action":{"commands":["ls"]}}""", "shell", null, null, null)]
    public void Answer_CallOfABuiltInTool_IsAnObject(string item, string type, string? input, string? output, string? source)
    {
        ChatCompletion answer = Read(Whole(item + "," + Text));

        ChatBuiltInCall call = Assert.Single(answer.BuiltInCalls);
        Assert.Equal((type, input, output, source), (call.Type, call.Input, call.Output, call.Sources.FirstOrDefault()?.ToString()));
        Assert.Equal(item, call.Raw);
        Assert.Equal($"[{item},{Text}]", answer.Message!.Raw);
        Assert.Equal("stop", answer.FinishReason);
    }

    // Items that are no answer are kept and go back as they came, whatever is in them.
    [Theory]
    [InlineData("""{"type":"tool_search_call","id":"ts_1","call_id":null,"execution":"server","arguments":{"paths":["crm"]},"status":"completed"}""", "tool_search")]
    [InlineData("""{"type":"tool_search_output","id":"tso_1","call_id":null,"execution":"server","tools":[{"type":"function","name":"f","parameters":{}},"odd"],"status":"completed"}""", null)]
    [InlineData("""{"type":"additional_tools","id":"at_1","role":"developer","tools":[{"type":"namespace","name":"crm","tools":[]}]}""", null)]
    [InlineData("""{"type":"program","id":"pr_1","call_id":"c1","code":"return 4","fingerprint":"f"}""", null)]
    [InlineData("""{"type":"program_output","id":"po_1","call_id":"c1","result":"4","status":"completed"}""", null)]
    [InlineData("""{"type":"program_output","id":"po_1","call_id":"c1","result":{"value":4},"status":"completed"}""", null)]
    [InlineData("""{"type":"shell_call","id":"sh_1","call_id":"c1","status":"completed","action":{"commands":["ls"],"timeout_ms":null},"environment":null}""", "shell")]
    [InlineData("""{"type":"shell_call_output","id":"sho_1","call_id":"c1","output":[{"stdout":"a","stderr":"","outcome":{"type":"exit","exit_code":0}}],"max_output_length":null}""", null)]
    [InlineData("""{"type":"apply_patch_call","id":"ap_1","call_id":"c1","status":"completed","operation":{"type":"delete_file","path":"a.txt"}}""", "apply_patch")]
    [InlineData("""{"type":"apply_patch_call_output","id":"apo_1","call_id":"c1","status":"completed","output":null}""", null)]
    [InlineData("""{"type":"computer_call","id":"cu_1","call_id":"c1","actions":[{"type":"click","x":1,"y":2}],"pending_safety_checks":[],"status":"completed"}""", "computer")]
    [InlineData("""{"type":"compaction","id":"cmp_1","encrypted_content":"opaque"}""", null)]
    [InlineData("""{"type":"something_new","summary":"text","content":{"a":1},"queries":{},"action":[],"results":"none","code":7,"outputs":{},"error":false,"phase":null}""", null)]
    public void Answer_ItemOfAnotherKind_IsKeptBesideTheText(string item, string? call)
    {
        ChatCompletion whole = Read(Whole(item + "," + Text));
        ChatCompletion streamed = Read(Bytes(
            $$"""{"type":"response.output_item.added","output_index":0,"item":{{item}}}""",
            """{"type":"response.something_new.delta","output_index":0,"delta":{"a":1},"item":7}""",
            $$"""{"type":"response.output_item.done","output_index":0,"item":{{item}}}""",
            """{"type":"response.output_text.delta","output_index":1,"delta":"Hello","obfuscation":"x"}""",
            $$"""{"type":"response.output_item.done","output_index":1,"item":{{Text}}}""",
            """{"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[]}}"""))[^1].Completion!;

        Assert.All([whole, streamed], answer =>
        {
            Assert.Equal(("Hello", "stop", call), (answer.Text, answer.FinishReason, answer.BuiltInCalls.SingleOrDefault()?.Type));
            Assert.Equal($"[{item},{Text}]", answer.Message!.Raw);
        });
    }

    [Theory]
    [InlineData("""{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{}","namespace":"crm","status":"completed"}""")]
    [InlineData("""{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{}","caller":{"type":"program","caller_id":"c0"},"status":"completed"}""")]
    public void Answer_CallThatBelongsToSomething_GoesBackAsItCame(string call)
    {
        ChatMessage message = Read(Whole(call)).Message!;

        Assert.Equal($"[{call}]", message.Raw);
        Assert.Equal("c1", Assert.Single(message.ToolCalls).Id);
    }

    [Theory]
    [InlineData("""[{"type":"reasoning","id":"rs_1","action":"removed","reason":"model_mismatch"}]""", "1 of its items: model_mismatch")]
    [InlineData("""[{"type":"reasoning","id":"rs_1","action":"removed","reason":"turn_boundary"},{"type":"reasoning","id":"rs_2","action":"removed","reason":"turn_boundary"}]""", "2 of its items: turn_boundary")]
    [InlineData("""[{"type":"reasoning","id":"rs_1","action":"removed"}]""", "does not say why")]
    [InlineData("""[{"type":"reasoning","id":"rs_1","action":"kept"}]""", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    [InlineData("""{"odd":1}""", null)]
    public async Task Answer_ReasoningThatWasLeftOut_IsWarnedOf(string changes, string? expected)
    {
        using RawServer server = RawServer.Answering(200, Whole(Text, $"\"input_transformations\":{changes},\"prompt_cache_diagnostics\":{{\"a\":1}},\"tool_usage\":{{\"image_gen\":0}},\"completed_at\":1"));
        using ServiceConnection connection = Connect(server.BaseUri);
        List<string> warnings = [];

        ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask(), new CallSettings { Warning = warnings.Add }, CancellationToken.None);

        Assert.Equal("Hello", answer.Text);
        if (expected is null)
        {
            Assert.Empty(warnings);
        }
        else
        {
            Assert.Contains(expected, Assert.Single(warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Answer_ThatWasModerated_TellsWhatWasFound()
    {
        ChatCompletion answer = Read(Whole(
            Text, """ "moderation":{"input":{"type":"moderation_result","model":"m","flagged":true,"categories":{"violence":true,"hate":false},"category_scores":{"violence":0.93,"hate":0.00001}},"output":{"type":"error","code":"timeout","message":"Too slow."}}"""));

        Assert.Equal(
            [("prompt", "violence", "0.93", true), ("prompt", "hate", "0", false), ("answer", "error", "timeout", false)],
            answer.ContentFilters.Select(filter => (filter.Source, filter.Category, filter.Severity!, filter.Detected)));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("""{"input":{"categories":[]},"output":7}""")]
    [InlineData("""{"input":{"categories":{"hate":"yes"},"category_scores":[]}}""")]
    public void Answer_ModeratedInAnotherForm_IsReadAllTheSame(string moderation) => Assert.Equal("Hello", Read(Whole(Text, $"\"moderation\":{moderation}")).Text);

    [Fact]
    public void Answer_Image_IsItsBytes() =>
        Assert.Equal(new byte[] { 1, 2, 3 }, Assert.Single(Read(Whole("""{"type":"image_generation_call","id":"ig_1","result":"AQID"}""")).BuiltInCalls).Data);

    [Theory]
    [InlineData("\"no such tool\"")]
    [InlineData("""{"type":"http_error","code":500,"message":"no such tool"}""")]
    public void Answer_CallThatFailed_SaysWhy(string error) =>
        Assert.Equal("no such tool", Assert.Single(Read(Whole($$"""{"type":"mcp_call","id":"m","server_label":"s","name":"n","arguments":"{}","error":{{error}}}""")).BuiltInCalls).Error);

    [Fact]
    public void Stream_Events_GiveTextAndReasoningPieceByPiece()
    {
        List<ChatCompletionUpdate> updates = Read(Bytes([.. Events, Completed]));

        Assert.Equal(["Hel", "lo"], updates.Select(update => update.Text).Where(text => text.Length > 0));
        Assert.Equal("I think.\n\nDone.", string.Concat(updates.Select(update => update.Reasoning)));
        ChatCompletion answer = updates[^1].Completion!;
        Assert.Equal(("Hello", "stop", "I think.\n\nDone.", 7), (answer.Text, answer.FinishReason, answer.Reasoning, answer.Usage!.TotalTokens));
    }

    [Fact]
    public void Stream_LastEventWithoutOutput_IsFilledFromTheItems()
    {
        List<ChatCompletionUpdate> updates = Read(Bytes([.. Events, """{"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[]}}"""]));

        Assert.Equal("Hello", updates[^1].Completion!.Text);
        Assert.Equal("I think.\n\nDone.", updates[^1].Completion!.Reasoning);
    }

    [Theory]
    [InlineData("""{"type":"response.failed","response":{"id":"resp_1","status":"failed","error":{"code":"server_error","message":"Broken."},"output":[]}}""", "Broken.")]
    [InlineData("""{"type":"error","code":"server_error","message":"Broken.","param":null,"sequence_number":9}""", "Broken.")]
    [InlineData("""{"type":"error","error":{"type":"server_error","code":"server_error","message":"Broken."}}""", "Broken.")]
    public void Stream_ThatFails_IsTheFailureWithWhatCame(string last, string message)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Read(Bytes([.. Events, last])));

        Assert.Equal(ErrorIds.ServerError, failure.ErrorId);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal("Hello", failure.PartialText);
    }

    [Fact]
    public void Stream_CutOffAnywhere_IsWholeOrTruncatedButNeverSilent() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(
        Arb.From(Gen.Choose(0, 1000)),
        at =>
        {
            byte[] bytes = Bytes([.. Events, Completed]);
            try
            {
                Assert.Equal("Hello", Read(bytes[..(bytes.Length * at / 1000)])[^1].Completion!.Text);
            }
            catch (ChatServiceException failure)
            {
                Assert.Equal(ErrorIds.StreamTruncated, failure.ErrorId);
                Assert.StartsWith(failure.PartialText!, "Hello", StringComparison.Ordinal);
            }
        }));

    [Fact]
    public void Restored_StreamThatWasKept_IsTheSame()
    {
        ChatCompletion answer = Read(Bytes([.. Events, Completed]))[^1].Completion!;

        ChatCompletion restored = Restore(answer.Raw, isStream: true);

        Assert.Equal((answer.Text, answer.Reasoning, answer.FinishReason, answer.Message!.Raw), (restored.Text, restored.Reasoning, restored.FinishReason, restored.Message!.Raw));
    }

    private static string Whole(string items, string more = "\"model\":\"m\"") => $$"""{"id":"resp_1","object":"response","status":"completed","error":null,"incomplete_details":null,{{more}},"output":[{{items}}]}""";

    private static ChatCompletion Read(string json) => Restore(json, isStream: false);

    private static ChatCompletion Restore(string raw, bool isStream) => KnownDialects.Responses.Chat.Restore(
        raw, isStream, Engine.Ask(), new CheckpointOrigin(new CheckpointRecord { Raw = raw, At = DateTimeOffset.UnixEpoch }, new ConnectionSettings { Dialect = KnownDialects.OpenAI }, CallSettings.None));

    private static ServiceConnection Connect(Uri address) => new(
        new ConnectionSettings { BaseUri = address, Dialect = KnownDialects.Responses, Model = "m", MaxRetry = 0 }, TimeProvider.System, () => 0.5);

    private static byte[] Bytes(params string[] events) => Encoding.UTF8.GetBytes(string.Concat(events.Select(data =>
    {
        int start = data.IndexOf(":\"", StringComparison.Ordinal) + 2;
        return $"event: {data[start..data.IndexOf('"', start)]}\ndata: {data}\n\n";
    })));

    private static List<ChatCompletionUpdate> Read(byte[] bytes)
    {
        using CallContext call = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI }, CallSettings.None, TimeProvider.System, CancellationToken.None, CancellationToken.None);
        using EventReader events = new(new MemoryStream(bytes));
        return Engine.CollectAsync(StreamedAnswer.ReadAsync(events, OpenAIResponsesJsonContext.Default, new ResponseAccumulator(Engine.Ask()), call)).GetAwaiter().GetResult();
    }
}
