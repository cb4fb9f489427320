using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Images;
using ChatPS.Client.Kept;
using ChatPS.Client.Models;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Moderation;
using ChatPS.Client.Providers;
using ChatPS.Client.Rerank;
using ChatPS.Client.Text;

namespace ChatPS.Client.Tests.Damage;

/// <summary>Proper answers of every dialect and endpoint, with all that they can hold.</summary>
internal static class Samples
{
    private const string Usage = """{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":1,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":1}}""";
    private const string Citation = """{"type":"url_citation","url_citation":{"url":"https://example.com","title":"t","start_index":0,"end_index":1}}""";
    private const string Logprobs = """{"content":[{"token":"Hi","logprob":-1,"bytes":[72,105],"top_logprobs":[{"token":"Hi","logprob":-1,"bytes":[72]}]}],"refusal":null}""";
    private const string Filters = """{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":false,"detected":false}}""";
    private const string Parts = $$$"""
        {"role":"assistant","content":"Hi","refusal":null,"reasoning_content":"Hm","annotations":[{{{Citation}}}],
        "tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}],"audio":{"id":"a","data":"AAAA","transcript":"t","expires_at":1}}
        """;

    private const string Chat = $$$"""
        {"id":"c","object":"chat.completion","created":1,"model":"m","system_fingerprint":"f","service_tier":"default","metadata":{"a":"b"},
        "prompt_filter_results":[{"prompt_index":0,"content_filter_results":{{{Filters}}}}],"moderation":{"input":{"type":"x","results":[{"flagged":false,"categories":{"hate":false}}]}},
        "choices":[{"index":0,"message":{{{Parts}}},"finish_reason":"stop","logprobs":{{{Logprobs}}},"content_filter_results":{{{Filters}}}}],"usage":{{{Usage}}} }
        """;

    private static readonly string[] ChatEvents =
    [
        $$"""{"id":"c","created":1,"model":"m","choices":[{"index":0,"delta":{{Parts}},"logprobs":{{Logprobs}}}],"prompt_filter_results":[]}""",
        """{"id":"c","choices":[{"index":0,"delta":{"content":" you","tool_calls":[{"index":0,"function":{"arguments":"{}"}}],"audio":{"data":"AAAA"}}}]}""",
        $$"""{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":null}""",
        $$"""{"id":"c","choices":[],"usage":{{Usage}} }""",
    ];

    private const string Text = $$$"""
        {"id":"c","created":1,"model":"m","choices":[{"index":0,"text":"Hi","finish_reason":"stop","logprobs":{"tokens":["H","i"],"token_logprobs":[null,-1],
        "top_logprobs":[null,{"i":-1}],"text_offset":[0,1]}}],"usage":{{{Usage}}} }
        """;

    private const string Moderation = """
        {"id":"r","model":"m","results":[{"flagged":true,"categories":{"hate":true,"x":null},"category_scores":{"hate":0.9},"category_applied_input_types":{"hate":["text"]}}]}
        """;

    private const string Claude = """
        {"id":"msg","type":"message","role":"assistant","model":"m","stop_reason":"tool_use","stop_details":{"type":"x","explanation":"why"},
        "content":[{"type":"thinking","thinking":"Hm","signature":"s"},{"type":"text","text":"Hi","citations":[{"type":"web","url":"https://example.com","title":"t"}]},
        {"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"q"}},{"type":"web_search_tool_result","tool_use_id":"s1","content":[{"type":"r","url":"https://example.com","title":"t"}]},
        {"type":"tool_use","id":"t1","name":"f","input":{"city":"Paris"}}],
        "usage":{"input_tokens":5,"output_tokens":2,"cache_read_input_tokens":1,"cache_creation_input_tokens":1,"output_tokens_details":{"thinking_tokens":1},"service_tier":"standard"}}
        """;

    private static readonly string[] ClaudeEvents =
    [
        """{"type":"message_start","message":{"id":"msg","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":5,"output_tokens":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"web","url":"https://example.com","title":"t"}}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"}}""",
        """{"type":"content_block_stop","index":2}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_details":null},"usage":{"output_tokens":2}}""",
        """{"type":"message_stop"}""",
    ];

    private const string Grounding = """
        {"webSearchQueries":["q"],"groundingChunks":[{"web":{"uri":"https://example.com","title":"t"}}],"groundingSupports":[{"segment":{"startIndex":0,"endIndex":2,"text":"Hi","partIndex":0},"groundingChunkIndices":[0]}]}
        """;

    private const string Gemini = $$$"""
        {"candidates":[{"index":0,"finishReason":"STOP","content":{"role":"model","parts":[{"text":"Hm","thought":true},{"text":"Hi","thoughtSignature":"s"},
        {"functionCall":{"id":"f1","name":"f","args":{"a":1} } },{"inlineData":{"mimeType":"image/png","data":"AAAA"}},{"inlineData":{"mimeType":"audio/L16;rate=24000","data":"AAAA"}},
        {"executableCode":{"language":"PYTHON","code":"1"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}}]},
        "safetyRatings":[{"category":"C","probability":"LOW","blocked":false}],"citationMetadata":{"citationSources":[{"startIndex":0,"endIndex":1,"uri":"https://example.com","title":"t"}]},
        "groundingMetadata":{{{Grounding}}},"urlContextMetadata":{"urlMetadata":[{"retrievedUrl":"https://example.com","urlRetrievalStatus":"OK"}]},
        "logprobsResult":{"chosenCandidates":[{"token":"Hi","logProbability":-1}],"topCandidates":[{"candidates":[{"token":"Hi","logProbability":-1}]}] } }],
        "promptFeedback":{"safetyRatings":[{"category":"C","probability":"LOW"}]},"modelVersion":"m","responseId":"r","createTime":"2026-01-01T00:00:00Z",
        "usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":2,"totalTokenCount":7,"thoughtsTokenCount":1,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":1}]} }
        """;

    private const string Item = """
        {"type":"message","id":"m1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hi","annotations":[{"type":"url_citation","url":"https://example.com","title":"t","start_index":0,"end_index":1}],
        "logprobs":[{"token":"Hi","logprob":-1,"bytes":[72],"top_logprobs":[]}]}]}
        """;

    private const string Response = $$$"""
        {"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"m","error":null,"incomplete_details":null,"metadata":{"a":"b"},"conversation":{"id":"conv"},"service_tier":"default",
        "output":[{"type":"reasoning","id":"r1","summary":[{"type":"summary_text","text":"Hm"}]},{{{Item}}},{"type":"function_call","id":"f1","call_id":"c1","name":"f","arguments":"{}","status":"completed"},
        {"type":"web_search_call","id":"w1","status":"completed","action":{"type":"search","query":"q","queries":["q"],"sources":[{"url":"https://example.com","title":"t"}]}},
        {"type":"code_interpreter_call","id":"x1","status":"completed","code":"1","outputs":[{"type":"logs","logs":"1"}]},{"type":"mcp_list_tools","server_label":"s","tools":[{"name":"t"}]},
        {"type":"file_search_call","id":"q1","queries":["q"],"results":[{"file_id":"f","filename":"n","text":"t"}]},{"type":"image_generation_call","id":"i1","result":"AAAA","revised_prompt":"p"}],
        "usage":{"input_tokens":5,"input_tokens_details":{"cached_tokens":1},"output_tokens":2,"output_tokens_details":{"reasoning_tokens":1},"total_tokens":7}}
        """;

    private static readonly string[] ResponseEvents =
    [
        """{"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[]}}""",
        """{"type":"response.reasoning_summary_text.delta","item_id":"r1","output_index":0,"delta":"Hm"}""",
        """{"type":"response.output_text.delta","item_id":"m1","output_index":1,"content_index":0,"delta":"Hi","logprobs":[]}""",
        $$"""{"type":"response.output_item.done","output_index":1,"item":{{Item}} }""",
        $$"""{"type":"response.completed","response":{{Response}} }""",
    ];

    private const string Completion = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"metadata":{}}""";

    private static readonly (string Text, object? Input, int Index)[] Documents = [("a", null, 0), ("b", null, 1)];

    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA=";

    private const string Images = $$$"""
        {"created":1700000000000,"data":[{"b64_json":"{{{Png}}}","revised_prompt":"r"},{"url":"https://example.com/a.png","resolution":"10x20","seed":7,"is_image_safe":true}],
        "background":"opaque","output_format":"png","quality":"low","size":"1024x1024","usage":{"input_tokens":1,"input_tokens_details":{"text_tokens":1},"output_tokens":2,"total_tokens":3} }
        """;

    private static readonly string[] ImageEvents =
    [
        $$"""{"type":"image_generation.partial_image","b64_json":"{{Png}}","partial_image_index":0,"created_at":1,"size":"1024x1024","quality":"low","background":"opaque","output_format":"png"}""",
        $$"""{"type":"image_generation.completed","b64_json":"{{Png}}","created_at":1,"size":"1024x1024","quality":"low","background":"opaque","output_format":"png","usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3} }""",
    ];

    private const string NamedAnswers = """
        {"refund":{"type":"noul","noul":0.9,"confidence":0.9,"label_mass":0.9,"probabilities":{"yes":0.9,"no":0.1}},
        "team":{"type":"choice","choice":"tech","probabilities":{"returns":0.1,"tech":0.9},"confidence":0.8},
        "anger":{"type":"score","score":1.2,"legend":{"0":"calm"},"probabilities":{"0":0.1,"1":0.6,"2":0.3},"confidence":0.5}}
        """;

    private static readonly Sample[] Decisions =
    [
        Decision("decisions of OpenAI", KnownDialects.OpenAI, null, """
            {"model":"m","answers":[{"type":"predicate","name":"refund","probability":0.9},{"type":"choice","name":"team","choice":"tech","confidence":0.9,"probabilities":[{"value":"returns","probability":0.1},{"value":"tech","probability":0.9}]},
            {"type":"score","name":"anger","score":1.1,"confidence":0.4,"probabilities":[{"value":0,"label":"calm","probability":0.2},{"value":1,"label":"annoyed","probability":0.5},{"value":2,"label":"furious","probability":0.3}]}],
            "usage":{"input_tokens":5,"input_tokens_details":{"cached_tokens":1},"output_tokens":0,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":5}}
            """),
        Decision("decisions of System One", KnownDialects.OpenAI, "SystemOne", $$"""{"id":"i","model":"m","answers":{{NamedAnswers}},"usage":{"input_tokens":5,"output_tokens":2} }"""),
        Decision("decisions of Gemini", KnownDialects.Gemini, null, $$"""{"answers":{{NamedAnswers}},"usage":{"total_input_tokens":5,"total_tokens":5},"prompt_feedback":{"block_reason":null,"block_reason_message":"x"} }"""),
        Decision("decisions of Cloudflare", KnownDialects.OpenAI, "Cloudflare", $$"""{"result":{"model":"m","answers":{{NamedAnswers}},"usage":{"prompt_tokens":5} },"success":true,"errors":[],"messages":[]}"""),
        Decision("decisions of a chat model", KnownDialects.OpenAI, "Chat", $$$"""{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"A"},"finish_reason":"stop","logprobs":{{{Logprobs}}} }],"usage":{{{Usage}}} }"""),
    ];

    public static readonly Sample[] All =
    [
        .. Chats("OpenAI", KnownDialects.OpenAI, Chat, ChatEvents, Framing.Stream),
        .. Chats("Azure", KnownDialects.AzureOpenAI, Chat, ChatEvents, Framing.Stream),
        .. Chats("Anthropic", KnownDialects.Anthropic, Claude, ClaudeEvents, Framing.NamedStream),
        .. Chats("Gemini", KnownDialects.Gemini, Gemini, [Gemini, Gemini], Framing.Stream),
        .. Chats("Responses", KnownDialects.Responses, Response, ResponseEvents, Framing.NamedStream),
        Whole("Envelope", KnownDialects.Envelope, $$"""{"code":200,"message":"ok","data":{"completion":{{Completion}},"info":{"numOfOneDayCanCallApi":9,"numOfOneDayAlreadyCallApi":1,"apiDate":"d"} } }""", Ask),
        Whole("Responses background", KnownDialects.Responses, Response, (connection, settings) => connection.Chat.CompleteAsync(Engine.Ask() with { Background = true }, settings, default)),
        Whole("text", KnownDialects.OpenAI, Text, (connection, settings) => connection.Text.CompleteAsync(new TextRequest { Prompt = "p" }, settings, default)),
        new("text stream", KnownDialects.OpenAI, [Text, Text], Framing.Stream, (connection, settings) => Engine.CollectAsync(connection.Text.StreamAsync(new TextRequest { Prompt = "p" }, settings, default))),
        Whole("moderation", KnownDialects.OpenAI, Moderation, (connection, settings) => connection.Moderations.ModerateAsync([new ModerationItem { Text = "t" }], null, settings, default)),
        Whole("moderation web form", KnownDialects.OpenAI, """{"flagged":true,"blocked":false,"moderation_id":"m"}""", (connection, settings) => connection.Moderations.ModerateAsync([new ModerationItem { Text = "t" }], null, settings, default)),
        .. Decisions,
        Whole("models", KnownDialects.OpenAI, """{"object":"list","data":[{"id":"m","created":1,"owned_by":"o","shutdown_date":"2027-01-01"},{"id":"n","display_name":"N"}],"has_more":false,"last_id":"n"}""", List),
        Whole("models, bare", KnownDialects.OpenAI, """[{"id":"m","created":1},{"id":"n"}]""", List),
        Whole("models of Anthropic", KnownDialects.Anthropic, """{"data":[{"id":"m","type":"model","display_name":"M","created_at":"2026-01-01T00:00:00Z"}],"has_more":false,"first_id":"m","last_id":"m"}""", List),
        Whole("models of Gemini", KnownDialects.Gemini, """{"models":[{"name":"models/m","displayName":"M","inputTokenLimit":1}],"nextPageToken":""}""", List),
        Whole("model", KnownDialects.OpenAI, """{"id":"m","object":"model","created":1,"owned_by":"o"}""", (connection, settings) => connection.Models.GetAsync("m", settings, default)),
        Whole("model of Gemini", KnownDialects.Gemini, """{"name":"models/m","displayName":"M"}""", (connection, settings) => connection.Models.GetAsync("m", settings, default)),
        Whole("quota", KnownDialects.OpenAI, """{"object":"billing","hard_limit_usd":10,"soft_limit_usd":9,"system_hard_limit_usd":8,"access_until":1900000000,"total_usage":100}""", (connection, settings) => connection.GetQuotaAsync(settings, default)),
        Whole("rerank", KnownDialects.OpenAI, """{"id":"r","model":"m","results":[{"index":0,"relevance_score":0.9},{"index":1,"relevance_score":0.1}],"usage":{"total_tokens":3},"meta":{"billed_units":{"input_tokens":3}}}""",
            (connection, settings) => new RerankService(connection).RankAsync("q", Documents, null, null, null, settings, default)),
        Whole("vectors", KnownDialects.OpenAI, """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1]},{"object":"embedding","index":1,"embedding":"AAAAPwAAgL8="}],"model":"m","usage":{"prompt_tokens":3,"total_tokens":3}}""", Embed),
        Whole("vectors of Cohere", KnownDialects.OpenAI, """{"id":"e","embeddings":{"float":[[0.5,-1],[1,2]]},"texts":["a","b"],"meta":{"billed_units":{"input_tokens":3}}}""", Embed),
        Whole("vectors of Gemini", KnownDialects.Gemini, """{"embeddings":[{"values":[0.5,-1]},{"values":[1,2]}],"usageMetadata":{"promptTokenCount":3}}""", Embed),
        Whole("tokens", KnownDialects.OpenAI, """{"object":"response.input_tokens","input_tokens":5}""", (connection, settings) => connection.Responses.CountTokensAsync(Engine.Ask(), settings, default)),
        Whole("kept completion", KnownDialects.OpenAI, Chat, (connection, settings) => connection.StoredCompletions.GetAsync("c", [], settings, default)),
        Whole("kept completions", KnownDialects.OpenAI, $$"""{"object":"list","data":[{{Completion}},{{Completion}}],"first_id":"c1","last_id":"c1","has_more":false}""",
            (connection, settings) => Engine.CollectAsync(connection.StoredCompletions.ListAsync(new StoredCompletionFilter(), settings, default))),
        Whole("kept messages", KnownDialects.OpenAI, $$"""{"object":"list","data":[{"id":"m1","role":"user","content":"Hi","content_parts":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"u"} }],"name":"n"},{"id":"m2","role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"} }],"annotations":[{{Citation}}]}],"has_more":false}""",
            (connection, settings) => connection.StoredCompletions.GetMessagesAsync("c", settings, default)),
        Whole("kept response", KnownDialects.Responses, Response, (connection, settings) => connection.Responses.GetAsync("r", [], settings, default)),
        Whole("input items", KnownDialects.Responses, $$"""{"object":"list","data":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"},{"type":"input_image","image_url":"u","detail":"low"}]},{{Item}},{"type":"function_call_output","call_id":"c","output":"x"}],"has_more":false,"last_id":"x"}""",
            (connection, settings) => connection.Responses.GetMessagesAsync("r", settings, default)),
        Whole("deletion", KnownDialects.Responses, """{"id":"r","object":"response.deleted","deleted":true}""", (connection, settings) => connection.Responses.DeleteAsync("r", settings, default)),
        Whole("pictures", KnownDialects.OpenAI, Images, (connection, settings) => Draw(connection, settings, new ImageRequest { Prompt = "p", N = 2 })),
        new("picture stream", KnownDialects.OpenAI, ImageEvents, Framing.NamedStream, (connection, settings) => Draw(connection, settings, new ImageRequest { Prompt = "p", Stream = true, PartialImage = 1 })),
        Whole("a picture of Stability", KnownDialects.OpenAI, $$"""{"image":"{{Png}}","finish_reason":"SUCCESS","seed":7}""", (connection, settings) => Draw(connection, settings, new ImageRequest { Prompt = "p", Form = "Stability" })),
        new("error", KnownDialects.OpenAI, ["""{"error":{"message":"No.","type":"t","param":"p","code":"c","innererror":{"content_filter_result":{"hate":{"filtered":true,"severity":"high"}}},"details":[{"@type":"RetryInfo","retryDelay":"1s","violations":[{"quotaId":"PerDay"}],"reason":"r"}]}}"""], Framing.Error, Ask),
    ];

    private static Task<EmbeddingAnswer> Embed(ServiceConnection connection, CallSettings settings) => connection.Embeddings.EmbedAsync(new EmbeddingRequest { Texts = ["a", "b"], Model = "m" }, settings, default);

    private static IEnumerable<Sample> Chats(string name, Dialect dialect, string whole, string[] events, Framing framing) =>
    [
        Whole(name, dialect, whole, Ask),
        new(name + " stream", dialect, events, framing, (connection, settings) => Engine.CollectAsync(connection.Chat.StreamAsync(Engine.Ask(), settings, default))),
    ];

    private static Task<List<ChatImage>> Draw(ServiceConnection connection, CallSettings settings, ImageRequest request) => Engine.CollectAsync(connection.Images.MakeAsync(request, new ImageRun(), settings, default));

    private static Sample Decision(string name, Dialect dialect, string? form, string answer) =>
        Whole(name, dialect, answer, (connection, settings) => connection.Decisions.CompleteAsync(Tests.Decisions.Ask.About("text") with { Form = form }, settings, default));

    private static Sample Whole(string name, Dialect dialect, string answer, Func<ServiceConnection, CallSettings, Task> call) => new(name, dialect, [answer], Framing.Whole, call);

    private static Task Ask(ServiceConnection connection, CallSettings settings) => connection.Chat.CompleteAsync(Engine.Ask(), settings, default);

    private static Task List(ServiceConnection connection, CallSettings settings) => connection.Models.ListAsync(settings, default);
}
