using System.Collections;
using System.Reflection;
using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Models;
using ChatPS.Client.Moderation;
using ChatPS.Client.Text;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Client.Tests;

/// <summary>What is sent, taken off the wire and held against the official description.</summary>
public sealed class RequestTests
{
    // OpenAI's chat completions do not know them; other dialects do.
    private static readonly string[] OfOtherDialects =
    [
        nameof(ChatRequest.TopK), nameof(ChatRequest.ThinkingBudget), nameof(ChatRequest.ReasoningSummary), nameof(ChatRequest.BuiltInTools),
        nameof(ChatRequest.PreviousResponseId), nameof(ChatRequest.ConversationId), nameof(ChatRequest.Background),
    ];

    private static readonly string[] NotOnTheWire = [nameof(ChatRequest.Input), nameof(ChatRequest.IncludeObfuscation), "FallbackFrom", "RequestedModel", "Before", "Output", "Instructions", "Appendix",
        .. OfOtherDialects];

    // What the engine sends of its own accord, and the form that it does not use.
    private static readonly string[] ChatByTheEngine = ["stream", "stream_options"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chat_EveryFieldSet_SendsEveryOfficialField(bool stream)
    {
        ChatRequest request = EveryChatField();
        AssertEverySet(request);

        JsonElement sent = await SendAsync(
            connection => stream ? connection.StreamAsync(request) : connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None),
            stream ? Streamed : Engine.Answer("x"),
            stream);

        AssertOfficial("CreateChatCompletionRequest", sent);
        Assert.Equal(
            OpenApiDescription.Official.MembersOf("CreateChatCompletionRequest").Except(stream ? [] : ChatByTheEngine, StringComparer.Ordinal),
            sent.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        if (stream)
        {
            Assert.Equal("""{"include_usage":true,"include_obfuscation":false}""", sent.GetProperty("stream_options").GetRawText());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Text_EveryFieldSet_SendsEveryOfficialField(bool stream)
    {
        TextRequest request = EveryTextField(stream);
        AssertEverySet(request);

        JsonElement sent = await SendAsync(
            connection => stream
                ? Engine.CollectAsync(connection.Text.StreamAsync(request, CallSettings.None, CancellationToken.None))
                : connection.Text.CompleteAsync(request, CallSettings.None, CancellationToken.None),
            stream ? "data: {\"choices\":[{\"index\":0,\"text\":\"x\",\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n" : """{"choices":[{"text":"x"}]}""",
            stream);

        AssertOfficial("CreateCompletionRequest", sent);
        Assert.Equal(
            OpenApiDescription.Official.MembersOf("CreateCompletionRequest").Except(stream ? [] : ChatByTheEngine, StringComparer.Ordinal),
            sent.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Text_EveryFormOfPrompt_IsSentAsItIs()
    {
        (object Prompt, string Json)[] forms =
        [
            ("给我讲一个笑话", "\"给我讲一个笑话\""),
            (new object[] { "a", "b" }, """["a","b"]"""),
            (new object[] { 1, 2L }, "[1,2]"),
            (new object[] { new object[] { 1, 2 }, new object[] { 3 } }, "[[1,2],[3]]"),
        ];

        foreach ((object prompt, string json) in forms)
        {
            JsonElement sent = await SendAsync(
                connection => connection.Text.CompleteAsync(new TextRequest { Prompt = prompt }, CallSettings.None, CancellationToken.None), """{"choices":[{"text":"x"}]}""");

            Assert.Equal(json, sent.GetProperty("prompt").GetRawText());
            AssertOfficial("CreateCompletionRequest", sent);
        }
    }

    [Fact]
    public async Task Chat_EveryKindOfMessage_FitsTheOfficialDescription()
    {
        ChatRequest request = new()
        {
            Messages =
            [
                new ChatMessage("developer", "Be brief."),
                new ChatMessage("system", "Be kind.") { Name = "sys" },
                new ChatMessage
                {
                    Role = "user",
                    Name = "ann",
                    Content =
                    [
                        ChatContent.FromText("What is this?"),
                        new ChatContent { Type = "image_url", Url = "data:image/png;base64,AAAA", Detail = "low", FileName = "a.png" },
                        new ChatContent { Type = "input_audio", Data = "AAAA", Format = "mp3", FileName = "a.mp3" },
                        new ChatContent { Type = "file", Data = "data:application/pdf;base64,AAAA", FileName = "a.pdf" },
                        new ChatContent { Type = "file", FileId = "file-1" },
                    ],
                },
                new ChatMessage
                {
                    Role = "assistant",
                    ToolCalls =
                    [
                        new ChatToolCall { Id = "call-1", Name = "f", Arguments = """{"a":1}""" },
                        new ChatToolCall { Id = "call-2", Type = "custom", Name = "c", Arguments = "free text" },
                    ],
                },
                new ChatMessage("tool", "42") { ToolCallId = "call-1" },
                new ChatMessage { Role = "tool", ToolCallId = "call-2" },
                new ChatMessage { Role = "assistant", Refusal = "No.", AudioId = "audio-1" },
                new ChatMessage { Role = "assistant", Content = [ChatContent.FromText("A"), new ChatContent { Type = "refusal", Text = "No." }] },
                new ChatMessage("function", "42") { Name = "f" },
            ],
        };

        JsonElement sent = await SendAsync(connection => connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None), Engine.Answer("x"));

        AssertOfficial("CreateChatCompletionRequest", sent);
        JsonElement messages = sent.GetProperty("messages");
        Assert.Equal(
            """{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},{"type":"input_audio","input_audio":{"data":"AAAA","format":"mp3"}},{"type":"file","file":{"file_data":"data:application/pdf;base64,AAAA","filename":"a.pdf"}},{"type":"file","file":{"file_id":"file-1"}}],"name":"ann"}""",
            messages[2].GetRawText());
        Assert.Equal(
            """{"role":"assistant","tool_calls":[{"id":"call-1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"call-2","type":"custom","custom":{"name":"c","input":"free text"}}]}""",
            messages[3].GetRawText());
        Assert.Equal("""{"role":"tool","content":"","tool_call_id":"call-2"}""", messages[5].GetRawText());
    }

    [Fact]
    public async Task Chat_AnswerWithToolCalls_CanBeSentBack()
    {
        using RawServer server = RawServer.Answering(
            200, """{"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call-1","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""");
        using ServiceConnection connection = Engine.Connect(server);
        ChatCompletion first = await connection.CompleteAsync();

        await connection.Chat.CompleteAsync(
            new ChatRequest { Messages = [.. first.Messages, new ChatMessage("tool", "42") { ToolCallId = first.ToolCalls[0].Id }] }, CallSettings.None, CancellationToken.None);

        JsonElement sent = Parse(server.Exchanges[1].Body);
        AssertOfficial("CreateChatCompletionRequest", sent);
        Assert.Equal(["user", "assistant", "tool"], sent.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task Moderation_TextsAndParts_FitTheOfficialDescription()
    {
        ChatContent text = ChatContent.FromText("a");
        ChatContent image = new() { Type = "image_url", Url = "https://example.com/a.png" };
        const string Result = """{"flagged":false,"categories":{},"category_scores":{}}""";

        JsonElement texts = await SendAsync(
            connection => connection.Moderations.ModerateAsync([new ModerationItem { Text = "a" }, new ModerationItem { Text = "b" }], "omni-moderation-latest", CallSettings.None, CancellationToken.None),
            $$"""{"results":[{{Result}},{{Result}}]}""");
        JsonElement parts = await SendAsync(
            connection => connection.Moderations.ModerateAsync(new ModerationItem { Parts = [text, image] }, null, CallSettings.None, CancellationToken.None), $$"""{"results":[{{Result}}]}""");

        AssertOfficial("CreateModerationRequest", texts);
        AssertOfficial("CreateModerationRequest", parts);
        Assert.Equal("""{"input":["a","b"],"model":"omni-moderation-latest"}""", texts.GetRawText());
        Assert.Equal("""{"input":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}""", parts.GetRawText());
    }

    [Fact]
    public async Task Chat_Hatches_ReachTheWire()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("x"));
        using ServiceConnection connection = Engine.Connect(server);

        await connection.Chat.CompleteAsync(
            Engine.Ask() with { Temperature = 1 },
            new CallSettings
            {
                AdditionalBody = new Dictionary<string, object?> { ["temperature"] = 3.5, ["enable_thinking"] = true, ["top_k"] = 7, ["deep"] = new Dictionary<string, object?> { ["list"] = new object?[] { 1, null, "值" } } },
                AdditionalHeader = new Dictionary<string, string> { ["X-Vendor"] = "a b" },
                AdditionalQuery = new Dictionary<string, string> { ["api-version"] = "2025-01-01", ["q"] = "a&b=值" },
            },
            CancellationToken.None);

        RawExchange request = Assert.Single(server.Exchanges);
        JsonElement body = Parse(request.Body);
        Assert.Equal(3.5, body.GetProperty("temperature").GetDouble());
        Assert.True(body.GetProperty("enable_thinking").GetBoolean());
        Assert.Equal("""{"list":[1,null,"值"]}""", body.GetProperty("deep").GetRawText());
        Assert.Equal("a b", request.Header("X-Vendor"));
        Assert.StartsWith("POST /v1/chat/completions?api-version=2025-01-01&q=a%26b%3D%E5%80%BC HTTP/1.1\r\n", request.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_DeepestValueThatIsTaken_IsSentToolsAndHatchesAlike()
    {
        object? deep = 1;
        for (int i = 0; i < 60; i++)
        {
            deep = new object?[] { deep };
        }

        JsonElement sent = await SendAsync(
            connection => connection.Chat.CompleteAsync(
                Engine.Ask() with { Tools = deep }, new CallSettings { AdditionalBody = new Dictionary<string, object?> { ["x"] = ((object?[])deep)[0] } }, CancellationToken.None),
            Engine.Answer("x"));

        Assert.Equal(new string('[', 60) + "1" + new string(']', 60), sent.GetProperty("tools").GetRawText());
    }

    [Fact]
    public async Task Models_IdWithASlash_StaysOneSegment()
    {
        using RawServer server = RawServer.Answering(200, """{"id":"org/model a","object":"model"}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatModel model = await connection.Models.GetAsync("org/model a", CallSettings.None, CancellationToken.None);

        Assert.Equal("org/model a", model.Id);
        Assert.StartsWith("GET /v1/models/org%2Fmodel%20a HTTP/1.1", Assert.Single(server.Exchanges).Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_ModelOfTheCall_WinsOverTheConnections()
    {
        JsonElement own = await SendAsync(connection => connection.Chat.CompleteAsync(Engine.Ask() with { Model = "mine" }, CallSettings.None, CancellationToken.None), Engine.Answer("x"));
        JsonElement connections = await SendAsync(connection => connection.CompleteAsync(), Engine.Answer("x"));

        Assert.Equal("mine", own.GetProperty("model").GetString());
        Assert.Equal("sandbox-mini", connections.GetProperty("model").GetString());
    }

    private static string Streamed => Engine.Event(Engine.Text("x", "stop")) + Engine.Event(Engine.Text("y", "stop", 1)) + Engine.Event("[DONE]");

    private static async Task<JsonElement> SendAsync(Func<ServiceConnection, Task> call, string answer, bool stream = false)
    {
        using RawServer server = RawServer.Answering(200, answer, stream ? "text/event-stream" : "application/json");
        using ServiceConnection connection = Engine.Connect(server);
        await call(connection).WaitAsync(Engine.Patience);
        return Parse(Assert.Single(server.Exchanges).Body);
    }

    private static void AssertOfficial(string schema, JsonElement json) => Assert.Empty(OpenApiDescription.Official.Validate(schema, json.GetRawText()));

    private static void AssertEverySet(object request) => Assert.All(
        request.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => !NotOnTheWire.Contains(property.Name)),
        property => Assert.True(property.GetValue(request) is not null and not ICollection { Count: 0 }, property.Name));

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) => members.ToDictionary(member => member.Name, member => member.Value);

    private static ChatRequest EveryChatField() => new()
    {
        Messages = [new ChatMessage("user", "hi")],
        Model = "gpt-4o",
        Temperature = 0.1,
        TopP = 0.9,
        N = 2,
        Stop = ["。", "\n"],
        MaxTokens = 100,
        MaxCompletionTokens = 100,
        PresencePenalty = -0.5,
        FrequencyPenalty = 0.5,
        LogitBias = new Dictionary<string, int> { ["50256"] = -100 },
        LogProbs = true,
        TopLogProbs = 3,
        Seed = 9007199254740993,
        ResponseFormat = Map(("type", "json_schema"), ("json_schema", Map(("name", "s"), ("schema", Map(("type", "object"))), ("strict", true)))),
        Tools = new object[] { Map(("type", "function"), ("function", Map(("name", "f"), ("parameters", Map(("type", "object"))), ("strict", false)))) },
        ToolChoice = Map(("type", "function"), ("function", Map(("name", "f")))),
        ParallelToolCalls = false,
        Functions = new object[] { Map(("name", "f"), ("parameters", Map(("type", "object")))) },
        FunctionCall = "auto",
        ReasoningEffort = "low",
        Verbosity = "high",
        Modalities = ["text", "audio"],
        Audio = Map(("voice", "alloy"), ("format", "wav")),
        Prediction = Map(("type", "content"), ("content", "as before")),
        WebSearchOptions = Map(("search_context_size", "low")),
        Moderation = Map(("model", "omni-moderation-latest"), ("policy", Map(("input", Map(("mode", "block"))), ("output", null)))),
        ServiceTier = "auto",
        Store = true,
        Metadata = new Dictionary<string, string> { ["run"] = "7" },
        PromptCacheKey = "k",
        PromptCacheRetention = "24h",
        PromptCacheOptions = Map(("ttl", "30m"), ("mode", "explicit")),
        SafetyIdentifier = "u1",
        User = "u",
        IncludeObfuscation = false,
    };

    private static TextRequest EveryTextField(bool stream) => new()
    {
        Prompt = "给我讲一个笑话吧",
        Model = "gpt-3.5-turbo-instruct",
        BestOf = stream ? 1 : 2,
        Echo = true,
        FrequencyPenalty = 0,
        LogitBias = new Dictionary<string, int> { ["1"] = 1 },
        LogProbs = 5,
        MaxTokens = 512,
        N = 1,
        PresencePenalty = 0,
        Seed = -1,
        Stop = ["END"],
        Suffix = "!",
        Temperature = 0.5,
        TopP = 1,
        User = "u",
        IncludeObfuscation = true,
    };
}
