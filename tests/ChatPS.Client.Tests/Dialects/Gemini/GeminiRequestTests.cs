using System.Text;
using System.Text.Json.Nodes;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Gemini;

/// <summary>Requests as Google's pages show them.</summary>
public sealed class GeminiRequestTests
{
    private const string Hello = """{"role":"user","parts":[{"text":"hello"}]}""";

    private static readonly ConnectionSettings Settings = new() { Dialect = KnownDialects.Gemini, Model = "gemini-3-flash" };

    [Fact]
    public void ToJson_Prompt_IsContentAlone() => AssertJson($$"""{"contents":[{{Hello}}]}""", Engine.Ask());

    [Fact]
    public void ToJson_Conversation_HasRolesOfItsOwnAndOneInstruction() => AssertJson(
        """
        {"systemInstruction":{"parts":[{"text":"Be kind."},{"text":"Be brief."}]},
         "contents":[{"role":"user","parts":[{"text":"one"}]},{"role":"model","parts":[{"text":"two"}]},{"role":"user","parts":[{"text":"three"}]}]}
        """,
        Messages(new("system", "Be kind."), new("user", "one"), new("assistant", "two"), new("assistant", ""), new("developer", "Be brief."), new("user", "three")));

    [Fact]
    public void ToJson_EverySetting_IsInTheConfiguration() => AssertConfig(
        """
        {"temperature":0.5,"topP":0.9,"topK":40,"candidateCount":2,"maxOutputTokens":100,"stopSequences":["END"],"presencePenalty":0.1,"frequencyPenalty":0.2,"seed":7,
         "responseLogprobs":true,"logprobs":3,"responseModalities":["TEXT","IMAGE"]}
        """,
        Engine.Ask() with
        {
            Temperature = 0.5, TopP = 0.9, TopK = 40, N = 2, MaxTokens = 50, MaxCompletionTokens = 100, Stop = ["END"], PresencePenalty = 0.1, FrequencyPenalty = 0.2, Seed = 7,
            LogProbs = true, TopLogProbs = 3, Modalities = ["text", "image"],
        });

    [Theory]
    [InlineData("gemini-3-flash", null, 1000, null, """{"thinkingBudget":1000,"includeThoughts":true}""")]
    [InlineData("gemini-3-flash", null, 0, null, """{"thinkingBudget":0}""")]
    [InlineData("gemini-3-flash", "low", null, null, """{"thinkingLevel":"LOW","includeThoughts":true}""")]
    [InlineData("gemini-3-flash", "none", null, null, """{"thinkingBudget":0}""")]
    [InlineData("gemini-3-flash", null, null, "auto", """{"includeThoughts":true}""")]
    [InlineData("gemini-3-flash", "high", null, "none", """{"thinkingLevel":"HIGH","includeThoughts":false}""")]
    [InlineData("models/gemini-2.5-pro", "medium", null, null, """{"thinkingLevel":"MEDIUM","includeThoughts":true}""")]
    public void ToJson_Thinking_IsABudgetOrALevel(string model, string? effort, int? budget, string? summary, string expected) => AssertConfig(
        $$"""{"thinkingConfig":{{expected}}}""", Engine.Ask() with { Model = model, ReasoningEffort = effort, ThinkingBudget = budget, ReasoningSummary = summary });

    [Theory]
    [InlineData("""{"type":"text"}""", "null")]
    [InlineData("""{"type":"json_object"}""", """{"responseMimeType":"application/json"}""")]
    [InlineData(
        """{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}}}""",
        """{"responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}}""")]
    public void ToJson_ResponseFormat_IsATypeAndASchema(string format, string expected) => AssertConfig(expected, Engine.Ask() with { ResponseFormat = Plain(format) });

    [Fact]
    public void ToJson_Tools_AreDeclarationsAndMembersOfTheirName()
    {
        ChatRequest request = Engine.Ask() with
        {
            Tools = Plain("""
                [{"type":"function","function":{"name":"f","description":"Does it.","strict":true,"parameters":{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}}},
                 {"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}]
                """),
            BuiltInTools = [Map("""{"type":"google_search"}"""), Map("""{"type":"file_search","fileSearchStoreNames":["fileSearchStores/a"]}"""), Map("""{"codeExecution":{}}""")],
        };

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                [{"functionDeclarations":[{"name":"f","description":"Does it.","parametersJsonSchema":{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}},{"name":"g"}]},
                 {"googleSearch":{}},{"fileSearch":{"fileSearchStoreNames":["fileSearchStores/a"]}},{"codeExecution":{}}]
                """),
            Translate(request)["tools"]));
    }

    [Theory]
    [InlineData("web_search", "googleSearch")]
    [InlineData("google_search", "googleSearch")]
    [InlineData("googleSearch", "googleSearch")]
    [InlineData("code_interpreter", "codeExecution")]
    [InlineData("code_execution", "codeExecution")]
    [InlineData("web_fetch", "urlContext")]
    [InlineData("url_context", "urlContext")]
    [InlineData("google_maps", "googleMaps")]
    [InlineData("google_search_retrieval", "googleSearchRetrieval")]
    [InlineData("enterprise_web_search", "enterpriseWebSearch")]
    public void ToJson_NamedTool_IsTheMemberOfTheService(string name, string member) =>
        Assert.Equal("[{\"" + member + "\":{}}]", Translate(Engine.Ask() with { BuiltInTools = [new NamedTool(name)] })["tools"]!.ToJsonString());

    [Fact]
    public void ToJson_UnknownNamedTool_IsRefusedWithTheNamesThatAreKnown()
    {
        string message = Engine.AssertInvalid(() => Translate(Engine.Ask() with { BuiltInTools = [new NamedTool("image_generation")] })).Message;

        Assert.StartsWith("-BuiltInTool: 'image_generation' is no tool that is known in the dialect Gemini: google_search, web_search, ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"new_tool"}""", """[{"newTool":{}}]""")]
    [InlineData("""{"type":"web_search","timeRangeFilter":{"startTime":"2025-01-01T00:00:00Z"}}""", """[{"googleSearch":{"timeRangeFilter":{"startTime":"2025-01-01T00:00:00Z"}}}]""")]
    public void ToJson_ToolAsAnObject_IsNotDoubted(string tool, string expected) =>
        Assert.Equal(expected, Translate(Engine.Ask() with { BuiltInTools = [Map(tool)] })["tools"]!.ToJsonString());

    [Theory]
    [InlineData("\"auto\"", """{"mode":"AUTO"}""")]
    [InlineData("\"none\"", """{"mode":"NONE"}""")]
    [InlineData("\"required\"", """{"mode":"ANY"}""")]
    [InlineData("""{"type":"function","function":{"name":"f"}}""", """{"mode":"ANY","allowedFunctionNames":["f"]}""")]
    [InlineData("""{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}}""", """{"mode":"VALIDATED","allowedFunctionNames":["f"]}""")]
    public void ToJson_ToolChoice_IsAMode(string choice, string expected) => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse(expected), Translate(Engine.Ask() with { ToolChoice = Plain(choice) })["toolConfig"]!["functionCallingConfig"]));

    [Fact]
    public void ToJson_ToolRounds_AnswersStandTogetherAndKnowTheirFunctions() => AssertContents(
        """
        [{"role":"user","parts":[{"text":"go"}]},
         {"role":"model","parts":[{"text":"Wait."},{"functionCall":{"id":"c1","name":"f","args":{"a":1.0}}},{"functionCall":{"name":"g","args":{"input":"no JSON"}}}]},
         {"role":"user","parts":[{"functionResponse":{"id":"c1","name":"f","response":{"b":2}}},{"functionResponse":{"name":"g","response":{"output":"text"}}}]},
         {"role":"model","parts":[{"functionCall":{"name":"old","args":{}}}]},
         {"role":"user","parts":[{"functionResponse":{"name":"old","response":{"output":[1,2]}}}]}]
        """,
        new("user", "go"),
        new("assistant", "Wait.") { ToolCalls = [new() { Id = "c1", Name = "f", Arguments = """{"a":1.0}""" }, new() { Id = "gemini-call-1-2", Name = "g", Arguments = "no JSON" }] },
        new("tool", """{"b":2}""") { ToolCallId = "c1" },
        new("tool", "text") { ToolCallId = "gemini-call-1-2" },
        new("assistant", "") { ToolCalls = [new() { Type = "function_call", Name = "old", Arguments = "{}" }] },
        new("function", "[1,2]") { Name = "old" });

    [Theory]
    [InlineData("image_url", "data:image/png;base64,iVBO", null, """{"inlineData":{"mimeType":"image/png","data":"iVBO"}}""")]
    [InlineData("image_url", "https://example.com/a/b.jpg?x=1", null, """{"fileData":{"mimeType":"image/jpeg","fileUri":"https://example.com/a/b.jpg?x=1"}}""")]
    [InlineData("image_url", "https://www.youtube.com/watch?v=9hE5-98ZeCg", null, """{"fileData":{"fileUri":"https://www.youtube.com/watch?v=9hE5-98ZeCg"}}""")]
    [InlineData("file", "data:application/pdf;base64,JVBE", "a.pdf", """{"inlineData":{"mimeType":"application/pdf","data":"JVBE"}}""")]
    [InlineData("id", "https://generativelanguage.googleapis.com/v1beta/files/abc", "a.pdf", """{"fileData":{"mimeType":"application/pdf","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc"}}""")]
    [InlineData("input_audio", "UklG", "wav", """{"inlineData":{"mimeType":"audio/wav","data":"UklG"}}""")]
    public void ToJson_Media_GoesInlineOrByAddress(string type, string value, string? name, string expected)
    {
        ChatContent part = type switch
        {
            "image_url" => new() { Type = type, Url = value },
            "input_audio" => new() { Type = type, Data = value, Format = name },
            "id" => new() { Type = "file", FileId = value, FileName = name },
            _ => new() { Type = type, Data = value, FileName = name },
        };

        AssertContents($$"""[{"role":"user","parts":[{"text":"Look."},{{expected}}]}]""", new ChatMessage { Content = [ChatContent.FromText("Look."), part] });
    }

    [Fact]
    public void ToJson_AnswerOfGemini_GoesBackAsItCame() => AssertContents(
        """[{"role":"user","parts":[{"text":"go"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{}},"thoughtSignature":"c2ln","newMember":{"a":[1]}}]}]""",
        new("user", "go"),
        new("assistant", "x")
        {
            ToolCalls = [new() { Id = "gemini-call-1-1", Name = "f", Arguments = "{}" }],
            RawDialect = "Gemini",
            Raw = """[{"functionCall":{"name":"f","args":{}},"thoughtSignature":"c2ln","newMember":{"a":[1]}}]""",
        });

    [Fact]
    public void ToJson_AnswerOfAnotherDialect_IsTranslated() => AssertContents(
        """[{"role":"model","parts":[{"text":"x"}]}]""", new ChatMessage("assistant", "x") { RawDialect = "Anthropic", Raw = """[{"type":"text"}]""" });

    [Fact]
    public void ToJson_AdditionalBody_AddsToTheConfiguration()
    {
        CallSettings settings = new()
        {
            AdditionalBody = Map("""{"generationConfig":{"mediaResolution":"MEDIA_RESOLUTION_LOW","topK":1},"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}]}"""),
        };

        AssertEqual(
            $$"""
            {"contents":[{{Hello}}],"generationConfig":{"temperature":0.5,"mediaResolution":"MEDIA_RESOLUTION_LOW","topK":1},
             "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}]}
            """,
            Translate(Engine.Ask() with { Temperature = 0.5, TopK = 40 }, settings));
    }

    [Fact]
    public void ToJson_OtherModel_IsAnotherRequest()
    {
        string[] requests = [.. new[] { "gemini-a", "gemini-b", "gemini-a" }.Select(model => Json(Engine.Ask() with { Model = model }, CallSettings.None))];

        Assert.NotEqual(requests[0], requests[1]);
        Assert.Equal(requests[0], requests[2]);
    }

    [Theory]
    [InlineData("../v1/models/x")]
    [InlineData("models/../x")]
    [InlineData("models//x")]
    [InlineData(".")]
    public void ToJson_ModelThatLeadsElsewhere_IsInvalid(string model) => Assert.Contains(
        $"'{model}'", Engine.AssertInvalid(() => Translate(Engine.Ask() with { Model = model })).Message, StringComparison.Ordinal);

    [Fact]
    public void ToJson_WhatGeminiCannotSay_IsInvalid()
    {
        (ChatRequest Request, string Word)[] rows =
        [
            (Engine.Ask() with { ThinkingBudget = 5, ReasoningEffort = "low" }, "-ThinkingBudget"),
            (Engine.Ask() with { ReasoningSummary = "detailed" }, "-ReasoningSummary"),
            (Engine.Ask() with { ResponseFormat = Plain("""{"type":"grammar"}""") }, "-ResponseFormat"),
            (Engine.Ask() with { Tools = Plain("""[{"type":"custom","custom":{"name":"shell"}}]""") }, "'shell'"),
            (Engine.Ask() with { ToolChoice = Plain("""{"type":"custom","custom":{"name":"shell"}}""") }, "-ToolChoice"),
            (Messages(new ChatMessage("system", "x")), "system"),
            (Messages(new("user", "x"), new("tool", "y") { ToolCallId = "c9" }), "'c9'"),
            (Messages(new ChatMessage { Content = [new() { Type = "image_url", Url = "data:image/png,abc" }] }), "base64"),
            (Messages(new ChatMessage { Content = [new() { Type = "image_url", Url = "https://example.com/a.png", Detail = "low" }] }), "-ImageDetail low"),
            (Messages(new ChatMessage { Content = [new() { Type = "video" }] }), "'video'"),
            (Messages(new ChatMessage("assistant", "x") { RawDialect = "Gemini", Raw = "{" }), "Raw"),
        ];

        Assert.All(rows, row => Assert.Contains(row.Word, Engine.AssertInvalid(() => Translate(row.Request)).Message, StringComparison.Ordinal));
    }

    private static ChatRequest Messages(params ChatMessage[] messages) => new() { Messages = messages };

    private static object? Plain(string json) => PlainJsonReader.TryRead(json, out object? value, out _) ? value : throw new FormatException(json);

    private static IReadOnlyDictionary<string, object?> Map(string json) => (IReadOnlyDictionary<string, object?>)Plain(json)!;

    private static string Json(ChatRequest request, CallSettings settings) => Encoding.UTF8.GetString(KnownDialects.Gemini.Chat.ToJson(request, Settings, settings));

    // The model is no part of what is sent.
    private static JsonObject Translate(ChatRequest request, CallSettings? settings = null)
    {
        JsonObject json = JsonNode.Parse(Json(request, settings ?? CallSettings.None))!.AsObject();
        Assert.True(json.Remove("model"));
        return json;
    }

    private static void AssertEqual(string expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString() ?? "nothing");

    private static void AssertJson(string expected, ChatRequest request) => AssertEqual(expected, Translate(request));

    private static void AssertConfig(string expected, ChatRequest request) => AssertEqual(expected, Translate(request)["generationConfig"]);

    private static void AssertContents(string expected, params ChatMessage[] messages) => AssertEqual(expected, Translate(Messages(messages))["contents"]);
}
