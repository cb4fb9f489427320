using System.Text;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Anthropic;

/// <summary>Requests as Anthropic describes them.</summary>
public sealed class AnthropicRequestTests
{
    private const string Hi = """{"role":"user","content":[{"type":"text","text":"hi"}]}""";

    [Fact]
    public void ToJson_Prompt_IsAMessageWithALimit() =>
        Assert.Equal("""{"model":"claude-test","max_tokens":4096,"messages":[""" + Hi + "]}", Json(Ask()));

    [Fact]
    public void ToJson_AllParameters_HaveTheirPlaces()
    {
        ChatRequest request = Ask() with
        {
            Temperature = 0.5,
            TopP = 0.9,
            TopK = 40,
            Stop = ["###"],
            MaxTokens = 9000,
            MaxCompletionTokens = 8000,
            ThinkingBudget = 2048,
            ReasoningEffort = "high",
            ServiceTier = "auto",
            User = "u-1",
            SafetyIdentifier = "s-1",
            PromptCacheRetention = "1h",
        };

        Assert.Equal(
            """{"model":"claude-test","max_tokens":8000,"messages":[""" + Hi
            + """],"temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["###"],"thinking":{"type":"enabled","budget_tokens":2048},"output_config":{"effort":"high"},"service_tier":"auto","metadata":{"user_id":"s-1"},"cache_control":{"type":"ephemeral","ttl":"1h"}}""",
            Json(request));
    }

    [Theory]
    [InlineData(2048, null, "\"max_tokens\":6144")]
    [InlineData(2048, 2049, "\"max_tokens\":2049")]
    [InlineData(0, 10, "\"thinking\":{\"type\":\"disabled\"}")]
    public void ToJson_ThinkingBudget_LeavesRoomForTheAnswer(int budget, int? limit, string expected) =>
        Assert.Contains(expected, Json(Ask() with { ThinkingBudget = budget, MaxTokens = limit }), StringComparison.Ordinal);

    [Fact]
    public void ToJson_Conversation_HasInstructionsApartAndTurns()
    {
        ChatMessage calling = new("assistant", "Looking.")
        {
            ToolCalls = [new ChatToolCall { Id = "t1", Name = "get", Arguments = """{"city":"Oslo"}""" }, new ChatToolCall { Id = "t2", Name = "get", Arguments = "{city", IsError = true }],
        };
        string json = Json(Ask() with
        {
            Messages =
            [
                new ChatMessage("system", "Be brief."),
                new ChatMessage("user", "one"),
                new ChatMessage("developer", "Be kind."),
                new ChatMessage("user", "two"),
                calling,
                new ChatMessage("user", "and?"),
                new ChatMessage("tool", "4 C") { ToolCallId = "t1" },
                new ChatMessage("tool", "no such city") { ToolCallId = "t2" },
                new ChatMessage("assistant", ""),
            ],
        });

        Assert.Equal(
            """{"model":"claude-test","max_tokens":4096,"system":[{"type":"text","text":"Be brief."},{"type":"text","text":"Be kind."}],"messages":["""
            + """{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]},"""
            + """{"role":"assistant","content":[{"type":"text","text":"Looking."},{"type":"tool_use","id":"t1","name":"get","input":{"city":"Oslo"}},{"type":"tool_use","id":"t2","name":"get","input":{"input":"{city"}}]},"""
            + """{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"4 C"},{"type":"tool_result","tool_use_id":"t2","content":"no such city","is_error":true},{"type":"text","text":"and?"}]}]}""",
            json);
    }

    public static TheoryData<ChatContent, string> Parts => new()
    {
        { new ChatContent { Type = "image_url", Url = "https://example.com/a.png" }, """{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}""" },
        { new ChatContent { Type = "image_url", Url = "data:image/png;base64,iVBORw0KGgo=", Detail = "auto" }, """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}""" },
        { new ChatContent { Type = "file", Data = "data:application/pdf;base64,JVBERg==", FileName = "a.pdf" }, """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERg=="},"title":"a.pdf"}""" },
        { new ChatContent { Type = "file", Data = "data:text/plain;base64,aMOp", FileName = "a.txt" }, """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"hé"},"title":"a.txt"}""" },
        { new ChatContent { Type = "file", Data = "data:text/plain,h%C3%A9" }, """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"hé"}}""" },
        { new ChatContent { Type = "file", Data = "data:image/png;base64,iVBORw0KGgo=" }, """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}""" },
        { new ChatContent { Type = "file", FileId = "file_1" }, """{"type":"document","source":{"type":"file","file_id":"file_1"}}""" },
        { new ChatContent { Text = "long", CacheBreakpoint = "1h" }, """{"type":"text","text":"long","cache_control":{"type":"ephemeral","ttl":"1h"}}""" },
        { new ChatContent { Text = "long", CacheBreakpoint = "explicit" }, """{"type":"text","text":"long","cache_control":{"type":"ephemeral"}}""" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void ToJson_Part_IsABlock(ChatContent part, string block) =>
        Assert.Contains($$"""{"role":"user","content":[{"type":"text","text":"see"},{{block}}]}""", Json(Ask() with { Messages = [new ChatMessage { Content = [ChatContent.FromText("see"), part] }] }), StringComparison.Ordinal);

    [Fact]
    public void ToJson_CacheMarkOnInstructions_IsSent() => Assert.Contains(
        """4096,"system":[{"type":"text","text":"rules","cache_control":{"type":"ephemeral"}}]""",
        Json(Ask() with { Messages = [new ChatMessage { Role = "system", Content = [new ChatContent { Text = "rules", CacheBreakpoint = "explicit" }] }, new ChatMessage("user", "hi")] }),
        StringComparison.Ordinal);

    [Fact]
    public void ToJson_ToolResultWithAnImage_KeepsBlocks() => Assert.Contains(
        """{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"see"},{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}],"cache_control":{"type":"ephemeral"}}""",
        Json(Ask() with
        {
            Messages =
            [
                new ChatMessage("user", "hi"),
                new ChatMessage { Role = "assistant", ToolCalls = [new ChatToolCall { Id = "t1", Name = "f", Arguments = "" }] },
                new ChatMessage { Role = "tool", ToolCallId = "t1", Content = [ChatContent.FromText("see"), new ChatContent { Type = "image_url", Url = "https://example.com/a.png", CacheBreakpoint = "explicit" }] },
            ],
        }),
        StringComparison.Ordinal);

    public static TheoryData<object, string> Tools => new()
    {
        {
            Tool(("name", "get"), ("description", "Gets."), ("parameters", Map(("type", "object"))), ("strict", true)),
            """{"name":"get","description":"Gets.","input_schema":{"type":"object"},"strict":true}"""
        },
        { Tool(("name", "now")), """{"name":"now","input_schema":{"type":"object","properties":{}}}""" },
        { Map(("name", "own"), ("input_schema", Map(("type", "object")))), """{"name":"own","input_schema":{"type":"object"}}""" },
        { Map(("type", "bash_20250124"), ("name", "bash")), """{"type":"bash_20250124","name":"bash"}""" },
    };

    [Theory]
    [MemberData(nameof(Tools))]
    public void ToJson_Tool_IsInTheServicesForm(object tool, string expected) =>
        Assert.Contains($"\"tools\":[{expected}]", Json(Ask() with { Tools = new List<object?> { tool } }), StringComparison.Ordinal);

    public static TheoryData<object?, bool?, string> Choices => new()
    {
        { "auto", null, """{"type":"auto"}""" },
        { "none", false, """{"type":"none"}""" },
        { "required", false, """{"type":"any","disable_parallel_tool_use":true}""" },
        { null, false, """{"type":"auto","disable_parallel_tool_use":true}""" },
        { Map(("type", "function"), ("function", Map(("name", "get")))), null, """{"type":"tool","name":"get"}""" },
        { Map(("type", "any")), true, """{"type":"any"}""" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void ToJson_ToolChoice_IsInTheServicesForm(object? choice, bool? parallel, string expected) => Assert.Contains(
        $"\"tool_choice\":{expected}}}",
        Json(Ask() with { Tools = new List<object?> { Tool(("name", "get")) }, ToolChoice = choice, ParallelToolCalls = parallel }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("web_search", """{"type":"web_search_20250305","max_uses":2,"name":"web_search"}""")]
    [InlineData("web_fetch", """{"type":"web_fetch_20250910","max_uses":2,"name":"web_fetch"}""")]
    [InlineData("code_execution", """{"type":"code_execution_20250825","max_uses":2,"name":"code_execution"}""")]
    [InlineData("url_context", """{"type":"web_fetch_20250910","max_uses":2,"name":"web_fetch"}""")]
    [InlineData("code_interpreter", """{"type":"code_execution_20250825","max_uses":2,"name":"code_execution"}""")]
    [InlineData("web_search_20260318", """{"type":"web_search_20260318","max_uses":2,"name":"web_search"}""")]
    [InlineData("memory_20250818", """{"type":"memory_20250818","max_uses":2}""")]
    public void ToJson_BuiltInTool_HasItsDatedName(string type, string expected) =>
        Assert.Contains($"\"tools\":[{expected}]", Json(Ask() with { BuiltInTools = [Map(("type", type), ("max_uses", 2))] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("web_search", """{"type":"web_search_20250305","name":"web_search"}""")]
    [InlineData("url_context", """{"type":"web_fetch_20250910","name":"web_fetch"}""")]
    [InlineData("code_interpreter", """{"type":"code_execution_20250825","name":"code_execution"}""")]
    [InlineData("code_execution_20250522", """{"type":"code_execution_20250522","name":"code_execution"}""")]
    public void ToJson_NamedTool_HasItsDatedName(string name, string expected) =>
        Assert.Contains($"\"tools\":[{expected}]", Json(Ask() with { BuiltInTools = [new NamedTool(name)] }), StringComparison.Ordinal);

    [Fact]
    public void ToJson_UnknownNamedTool_IsRefusedWithTheNamesThatAreKnown() => Assert.Contains(
        "-BuiltInTool: 'google_maps' is no tool that is known in the dialect Anthropic: web_search, web_fetch, code_execution, url_context, code_interpreter.",
        Engine.AssertInvalid(() => Json(Ask() with { BuiltInTools = [new NamedTool("google_maps")] })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ToJson_ChoiceOfANamedTool_IsItsNameAtTheService() => Assert.Contains(
        "\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_fetch\"}",
        Json(Ask() with { BuiltInTools = [new NamedTool("url_context")], ToolChoice = Map(("type", "function"), ("function", Map(("name", "url_context")))) }),
        StringComparison.Ordinal);

    [Fact]
    public void ToJson_Schema_IsTheFormatOfTheAnswer()
    {
        Dictionary<string, object?> schema = Map(
            ("type", "object"),
            ("properties", Map(("minimum", Map(("type", "integer"), ("minimum", 1), ("maximum", 9), ("description", "A digit"))), ("tags", Map(("type", "array"), ("minItems", 2), ("items", Map(("type", "string"))))))),
            ("required", new List<object?> { "minimum", "tags" }),
            ("additionalProperties", false));
        ChatRequest request = Ask() with { Output = new OutputFormat("answer", schema) };

        Assert.Contains(
            """],"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"minimum":{"type":"integer","description":"A digit (at least 1; at most 9)"},"tags":{"type":"array","items":{"type":"string"},"description":"at least 2 items"}},"required":["minimum","tags"],"additionalProperties":false}}}""",
            Json(StructuredChat.Tell(request, SchemaMode.JsonSchema)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("output_config", Json(StructuredChat.Tell(request, SchemaMode.JsonObject)), StringComparison.Ordinal);
        Assert.Contains("JSON Schema", Json(StructuredChat.Tell(request, SchemaMode.JsonObject)), StringComparison.Ordinal);
    }

    [Fact]
    public void ToJson_ResponseFormatOfTheCallers_IsSentAsItIs()
    {
        Dictionary<string, object?> schema = Map(("type", "object"), ("minProperties", 1));

        Assert.Contains(
            """],"output_config":{"format":{"type":"json_schema","schema":{"type":"object","minProperties":1}}}""",
            Json(Ask() with { ResponseFormat = Map(("type", "json_schema"), ("json_schema", Map(("name", "a"), ("schema", schema)))) }),
            StringComparison.Ordinal);
        Assert.DoesNotContain("output_config", Json(Ask() with { ResponseFormat = Map(("type", "text")) }), StringComparison.Ordinal);
    }

    [Fact]
    public void ToJson_KeptContent_GoesBackAsItCame()
    {
        const string Raw = """[{"type":"thinking","thinking":"Hm.","signature":"EqQB=="},{"type":"text","text":""},{"type":"tool_use","id":"t1","name":"get","input":{"a":1},"caller":{"type":"direct"}},{"type":"new_kind","data":{"x":[1,null]}}]""";
        ChatMessage kept = new("assistant", "x") { ToolCalls = [new ChatToolCall { Id = "t1", Name = "get" }], Raw = Raw, RawDialect = "Anthropic" };
        ChatRequest request = Ask() with { Messages = [new ChatMessage("user", "hi"), kept, new ChatMessage("tool", "ok") { ToolCallId = "t1" }] };

        Assert.Contains(
            """{"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"EqQB=="},{"type":"tool_use","id":"t1","name":"get","input":{"a":1},"caller":{"type":"direct"}},{"type":"new_kind","data":{"x":[1,null]}}]}""",
            Json(request),
            StringComparison.Ordinal);

        kept.RawDialect = "Gemini";
        Assert.Contains("""{"role":"assistant","content":[{"type":"text","text":"x"},{"type":"tool_use","id":"t1","name":"get","input":{}}]}""", Json(request), StringComparison.Ordinal);
    }

    public static TheoryData<string, ChatRequest> Refused => new()
    {
        { "-Temperature is 1.5", Ask() with { Temperature = 1.5 } },
        { "-ThinkingBudget is 1000", Ask() with { ThinkingBudget = 1000 } },
        { "-MaxTokens 1024", Ask() with { ThinkingBudget = 1024, MaxTokens = 1024 } },
        { "-MaxCompletionTokens 1000", Ask() with { ThinkingBudget = 1024, MaxCompletionTokens = 1000 } },
        { "-ResponseFormat 'json_object'", Ask() with { ResponseFormat = Map(("type", "json_object")) } },
        { "-ResponseFormat ''", Ask() with { ResponseFormat = Map(("schema", Map(("type", "object")))) } },
        { "-ResponseFormat ''", Ask() with { ResponseFormat = 5 } },
        { "-ToolChoice", Ask() with { ToolChoice = Map(("type", "allowed_tools")) } },
        { "-Tool", Ask() with { Tools = new List<object?> { Map(("type", "custom"), ("custom", Map(("name", "x")))) } } },
        { "-ImageDetail low", Ask(new ChatContent { Type = "image_url", Url = "https://example.com/a.png", Detail = "low" }) },
        { "'input_audio'", Ask(new ChatContent { Type = "input_audio", Data = "AAAA", Format = "wav" }) },
        { "'a.zip' is of type application/zip", Ask(new ChatContent { Type = "file", Data = "data:application/zip;base64,AAAA", FileName = "a.zip" }) },
        { "no base64", Ask(new ChatContent { Type = "file", Data = "data:text/plain;base64,?" }) },
        { "does not say what it holds", Ask(new ChatContent { Type = "image_url", Url = "data:,x" }) },
        { "-Name 'Bob'", Ask() with { Messages = [new ChatMessage("user", "hi") { Name = "Bob" }] } },
        { "role 'function'", Ask() with { Messages = [new ChatMessage("user", "hi"), new ChatMessage("function", "x")] } },
        { "only instructions", Ask() with { Messages = [new ChatMessage("system", "hi")] } },
        { "instructions are text", Ask() with { Messages = [new ChatMessage { Role = "system", Content = [new ChatContent { Type = "image_url", Url = "https://example.com/a.png" }] }] } },
        { "Raw", Ask() with { Messages = [new ChatMessage("user", "hi"), new ChatMessage("assistant", "x") { Raw = "oops", RawDialect = "Anthropic" }] } },
        { "-N", Ask() with { N = 2 } },
        { "-Seed", Ask() with { Seed = 1 } },
        { "-LogProbs", Ask() with { LogProbs = true } },
        { "-Function", Ask() with { Functions = new List<object?>() } },
        { "-Store", Ask() with { Store = true } },
        { "-PreviousResponseId", Ask() with { PreviousResponseId = "r" } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void ToJson_WhatTheServiceCannotDo_IsRefusedByName(string words, ChatRequest request) =>
        Assert.Contains(words, Engine.AssertInvalid(() => Json(request)).Message, StringComparison.Ordinal);

    private static ChatRequest Ask(params ChatContent[] parts) => new() { Model = "claude-test", Messages = [new ChatMessage { Content = [ChatContent.FromText("hi"), .. parts] }] };

    private static Dictionary<string, object?> Tool(params (string Name, object? Value)[] function) => Map(("type", "function"), ("function", Map(function)));

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    private static string Json(ChatRequest request) =>
        Encoding.UTF8.GetString(KnownDialects.Anthropic.Chat.ToJson(request, new ConnectionSettings { Dialect = KnownDialects.Anthropic }, CallSettings.None));
}
