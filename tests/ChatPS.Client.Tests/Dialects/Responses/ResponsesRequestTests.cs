using System.Text;
using System.Text.Json;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Responses;

/// <summary>Chat requests as requests for responses, from the forms that OpenAI documents.</summary>
public sealed class ResponsesRequestTests
{
    private static readonly Dictionary<string, object?> Function = Map(
        ("type", "function"), ("function", Map(("name", "lookup"), ("description", "Looks up."), ("parameters", Map(("type", "object"))))));

    public static TheoryData<string, ChatRequest, string> Members => new()
    {
        { "max_output_tokens", Ask() with { MaxTokens = 100 }, "100" },
        { "max_output_tokens", Ask() with { MaxCompletionTokens = 200 }, "200" },
        { "temperature", Ask() with { Temperature = 0.5 }, "0.5" },
        { "top_p", Ask() with { TopP = 0.5 }, "0.5" },
        { "top_logprobs", Ask() with { LogProbs = true, TopLogProbs = 3 }, "3" },
        { "include", Ask() with { LogProbs = true }, """["message.output_text.logprobs"]""" },
        { "include", Ask() with { ReasoningEffort = "low", Store = false }, """["reasoning.encrypted_content"]""" },
        { "reasoning", Ask() with { ReasoningEffort = "low", ReasoningSummary = "auto" }, """{"effort":"low","summary":"auto"}""" },
        { "text", Ask() with { Verbosity = "low" }, """{"verbosity":"low"}""" },
        { "text", Ask() with { ResponseFormat = Map(("type", "json_object")) }, """{"format":{"type":"json_object"}}""" },
        {
            "text", Ask() with { ResponseFormat = Map(("type", "json_schema"), ("json_schema", Map(("name", "city"), ("strict", true), ("schema", Map(("type", "object")))))) },
            """{"format":{"type":"json_schema","name":"city","strict":true,"schema":{"type":"object"}}}"""
        },
        { "tools", Ask() with { Tools = new object[] { Function } }, """[{"type":"function","name":"lookup","description":"Looks up.","parameters":{"type":"object"},"strict":false}]""" },
        {
            "tools",
            Ask() with { Tools = new object[] { Map(("type", "custom"), ("custom", Map(("name", "run"), ("format", Map(("type", "grammar"), ("grammar", Map(("syntax", "lark"), ("definition", "start: x")))))))) } },
            """[{"type":"custom","name":"run","format":{"type":"grammar","syntax":"lark","definition":"start: x"}}]"""
        },
        { "tools", Ask() with { Tools = new object[] { Map(("type", "function"), ("function", Map(("name", "f"), ("async", true)))) } }, """[{"type":"function","name":"f","async":true,"strict":false}]""" },
        { "tools", Ask() with { Tools = new object[] { Map(("type", "function"), ("name", "f"), ("strict", true), ("async", true)) } }, """[{"type":"function","name":"f","strict":true,"async":true}]""" },
        {
            "tools",
            Ask() with { BuiltInTools = [Map(("type", "shell"), ("environment", Map(("type", "container_auto")))), Map(("type", "tool_search"), ("execution", "server")), new NamedTool("apply_patch")] },
            """[{"type":"shell","environment":{"type":"container_auto"}},{"type":"tool_search","execution":"server"},{"type":"apply_patch"}]"""
        },
        { "tools", Ask() with { BuiltInTools = [Map(("type", "code_interpreter"))] }, """[{"type":"code_interpreter","container":{"type":"auto"}}]""" },
        { "tools", Ask() with { BuiltInTools = [new NamedTool("code_execution")] }, """[{"type":"code_interpreter","container":{"type":"auto"}}]""" },
        { "tools", Ask() with { BuiltInTools = [new NamedTool("web_search"), new NamedTool("x_search")] }, """[{"type":"web_search"},{"type":"x_search"}]""" },
        { "tools", Ask() with { BuiltInTools = [Map(("type", "code_execution"))] }, """[{"type":"code_execution"}]""" },
        { "include", Ask() with { BuiltInTools = [new NamedTool("code_execution")] }, """["code_interpreter_call.outputs"]""" },
        { "tool_choice", Ask() with { BuiltInTools = [new NamedTool("code_execution")], ToolChoice = Choice("code_execution") }, """{"type":"code_interpreter"}""" },
        { "include", Ask() with { BuiltInTools = [Map(("type", "code_interpreter")), Map(("type", "web_search"))] }, """["code_interpreter_call.outputs","web_search_call.action.sources"]""" },
        { "tools", Ask() with { BuiltInTools = [Map(("type", "file_search"), ("vector_store_ids", new object[] { "vs_1" }))] }, """[{"type":"file_search","vector_store_ids":["vs_1"]}]""" },
        {
            "tools",
            Ask() with { WebSearchOptions = Map(("search_context_size", "low"), ("user_location", Map(("type", "approximate"), ("approximate", Map(("city", "Wien")))))) },
            """[{"type":"web_search","search_context_size":"low","user_location":{"type":"approximate","city":"Wien"}}]"""
        },
        { "tool_choice", Ask() with { Tools = new object[] { Function }, ToolChoice = "required" }, "\"required\"" },
        { "tool_choice", Ask() with { Tools = new object[] { Function }, ToolChoice = Choice("lookup") }, """{"type":"function","name":"lookup"}""" },
        { "tool_choice", Ask() with { BuiltInTools = [Map(("type", "web_search"))], ToolChoice = Choice("web_search") }, """{"type":"web_search"}""" },
        {
            "tool_choice",
            Ask() with { ToolChoice = Map(("type", "allowed_tools"), ("allowed_tools", Map(("mode", "auto"), ("tools", new object[] { Map(("type", "function"), ("function", Map(("name", "lookup")))) })))) },
            """{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"lookup"}]}"""
        },
        { "parallel_tool_calls", Ask() with { ParallelToolCalls = false }, "false" },
        { "previous_response_id", Ask() with { PreviousResponseId = "resp_1" }, "\"resp_1\"" },
        { "conversation", Ask() with { ConversationId = "conv_1" }, "\"conv_1\"" },
        { "background", Ask() with { Background = true }, "true" },
        { "store", Ask() with { Store = false }, "false" },
        { "metadata", Ask() with { Metadata = new Dictionary<string, string> { ["a"] = "b" } }, """{"a":"b"}""" },
        { "service_tier", Ask() with { ServiceTier = "flex" }, "\"flex\"" },
        { "service_tier", Ask() with { ServiceTier = "ultrafast" }, "\"ultrafast\"" },
        { "reasoning", Ask() with { ReasoningEffort = "max" }, """{"effort":"max"}""" },
        { "prompt_cache_key", Ask() with { PromptCacheKey = "k" }, "\"k\"" },
        { "prompt_cache_retention", Ask() with { PromptCacheRetention = "24h" }, "\"24h\"" },
        { "prompt_cache_options", Ask() with { PromptCacheOptions = Map(("mode", "explicit"), ("ttl", "12h"), ("prewarm", true)) }, """{"mode":"explicit","ttl":"12h","prewarm":true}""" },
        { "safety_identifier", Ask() with { SafetyIdentifier = "s" }, "\"s\"" },
        { "user", Ask() with { User = "u" }, "\"u\"" },
        { "moderation", Ask() with { Moderation = Map(("model", "m")) }, """{"model":"m"}""" },
    };

    public static TheoryData<ChatMessage, string> Items => new()
    {
        { new ChatMessage("user", "hi"), """{"type":"message","role":"user","content":"hi"}""" },
        { new ChatMessage("developer", "be brief"), """{"type":"message","role":"developer","content":"be brief"}""" },
        { new ChatMessage("assistant", "hello"), """{"type":"message","role":"assistant","content":"hello"}""" },
        {
            new ChatMessage { Content = [ChatContent.FromText("see"), new ChatContent { Type = "image_url", Url = "https://example.com/a.png" }] },
            """{"type":"message","role":"user","content":[{"type":"input_text","text":"see"},{"type":"input_image","image_url":"https://example.com/a.png","detail":"auto"}]}"""
        },
        {
            new ChatMessage { Content = [new ChatContent { Type = "file", FileName = "a.pdf", Data = "data:application/pdf;base64,AA==" }, new ChatContent { Type = "file", FileId = "file-1" }] },
            """{"type":"message","role":"user","content":[{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="},{"type":"input_file","file_id":"file-1"}]}"""
        },
        {
            new ChatMessage { Content = [new ChatContent { Text = "long", CacheBreakpoint = "explicit" }] },
            """{"type":"message","role":"user","content":[{"type":"input_text","text":"long","prompt_cache_breakpoint":{"mode":"explicit"}}]}"""
        },
        { new ChatMessage { Role = "assistant", Refusal = "no" }, """{"type":"message","role":"assistant","content":"no"}""" },
        {
            new ChatMessage { Role = "assistant", ToolCalls = [new ChatToolCall { Id = "c1", Name = "f", Arguments = "{}" }, new ChatToolCall { Id = "c2", Type = "custom", Name = "g", Arguments = "x" }] },
            """{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},{"type":"custom_tool_call","call_id":"c2","name":"g","input":"x"}"""
        },
        { new ChatMessage("tool", "done") { ToolCallId = "c1" }, """{"type":"function_call_output","call_id":"c1","output":"done"}""" },
        {
            new ChatMessage { Role = "assistant", Content = [ChatContent.FromText("shown")], Raw = """[{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"x"},{"type":"message","id":"msg_1"}]""", RawDialect = "Responses" },
            """{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"x"},{"type":"message","id":"msg_1"}"""
        },
        { new ChatMessage { Role = "assistant", Content = [ChatContent.FromText("shown")], Raw = "[]", RawDialect = "Anthropic" }, """{"type":"message","role":"assistant","content":"shown"}""" },
    };

    public static TheoryData<ChatRequest, string> Refused => new()
    {
        { Ask() with { BuiltInTools = [Map(("type", "file_search"))] }, "vector_store_ids" },
        { Ask() with { BuiltInTools = [Map(("type", "mcp"), ("server_url", "https://example.com"))] }, "server_label" },
        { Ask() with { BuiltInTools = [Map(("type", "mcp"), ("server_label", "docs"))] }, "server_url or connector_id" },
        { Ask() with { BuiltInTools = [Map(("type", "web_search"))], WebSearchOptions = Map() }, "-WebSearchOption" },
        { Ask() with { ResponseFormat = 5 }, "-ResponseFormat" },
        { Ask() with { PreviousResponseId = "resp_1", ConversationId = "conv_1" }, "-ConversationId" },
        { Ask() with { Messages = [new ChatMessage("user", "a") { Name = "Ann" }] }, "'Ann'" },
        { Ask() with { Messages = [new ChatMessage { Content = [new ChatContent { Type = "input_audio", Data = "AA==", Format = "wav" }] }] }, "sound" },
        { Ask() with { Messages = [new ChatMessage("function", "a") { Name = "f" }] }, "function" },
        { Ask() with { Messages = [new ChatMessage("user", "a"), new ChatMessage("assistant", "b")], PreviousResponseId = "resp_1" }, "nothing new" },
        { Ask() with { Messages = [new ChatMessage { Role = "assistant", Raw = "{", RawDialect = "Responses" }] }, "Raw" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void Request_Parameter_IsTheMember(string member, ChatRequest request, string expected) =>
        Assert.Equal(expected, Write(request).GetProperty(member).GetRawText());

    [Theory]
    [MemberData(nameof(Items))]
    public void Request_Message_IsTheItem(ChatMessage message, string expected) =>
        Assert.Equal($$"""[{"type":"message","role":"user","content":"first"},{{expected}}]""", Input(Ask() with { Messages = [new ChatMessage("user", "first"), message] }));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Request_ThatCannotBeSent_SaysWhat(ChatRequest request, string part) =>
        Assert.Contains(part, Engine.AssertInvalid(() => Write(request)).Message, StringComparison.Ordinal);

    [Fact]
    public void Request_Plain_HasNothingThatWasNotAskedFor() =>
        Assert.Equal("""{"model":"m","input":[{"type":"message","role":"user","content":"hello"}]}""", Write(Ask()).GetRawText());

    [Fact]
    public void Request_LeadingSystemMessage_IsTheInstructions()
    {
        JsonElement body = Write(new ChatRequest { Messages = [new("system", "Be brief."), new("user", "hi")] });

        Assert.Equal("Be brief.", body.GetProperty("instructions").GetString());
        Assert.Equal(1, body.GetProperty("input").GetArrayLength());
    }

    [Fact]
    public void Request_JsonObject_HasTheSystemMessageAmongTheItems()
    {
        JsonElement body = Write(new ChatRequest { Messages = [new("system", "Answer in JSON."), new("user", "hi")], ResponseFormat = Map(("type", "json_object")) });

        Assert.False(body.TryGetProperty("instructions", out _));
        Assert.Equal("system", body.GetProperty("input")[0].GetProperty("role").GetString());
    }

    [Theory]
    [InlineData("resp_1", null)]
    [InlineData(null, "conv_1")]
    public void Request_ThatGoesOnAtTheService_SendsOnlyWhatIsNew(string? previous, string? conversation)
    {
        JsonElement body = Write(new ChatRequest
        {
            Messages = [new("system", "Be brief."), new("user", "one"), new("assistant", "two"), new("user", "three"), new("user", "four")],
            PreviousResponseId = previous,
            ConversationId = conversation,
        });

        Assert.Equal("Be brief.", body.GetProperty("instructions").GetString());
        Assert.Equal(["three", "four"], body.GetProperty("input").EnumerateArray().Select(item => item.GetProperty("content").GetString()!));
    }

    [Fact]
    public void Request_OutputOfACustomTool_IsToldAsSuch()
    {
        ChatMessage call = new() { Role = "assistant", ToolCalls = [new ChatToolCall { Id = "c2", Type = "custom", Name = "g", Arguments = "x" }] };

        string input = Input(new ChatRequest { Messages = [new("user", "go"), call, new("tool", "done") { ToolCallId = "c2" }], PreviousResponseId = "resp_1" });

        Assert.Equal("""[{"type":"custom_tool_call_output","call_id":"c2","output":"done"}]""", input);
    }

    private static ChatRequest Ask() => Engine.Ask();

    private static Dictionary<string, object?> Choice(string name) => Map(("type", "function"), ("function", Map(("name", name))));

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) => members.ToDictionary(member => member.Name, member => member.Value);

    private static string Input(ChatRequest request) => Write(request).GetProperty("input").GetRawText();

    private static JsonElement Write(ChatRequest request)
    {
        ArraySegment<byte> json = KnownDialects.Responses.Chat.ToJson(request, new ConnectionSettings { Model = "m", Dialect = KnownDialects.Responses }, CallSettings.None);
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(json.Array!, json.Offset, json.Count));
        return document.RootElement.Clone();
    }
}
