using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Moderations;
using ChatPS.Api.Text;

namespace ChatPS.Api.Tests;

/// <summary>Requests with every field set.</summary>
internal static class Samples
{
    private static readonly StreamOptions StreamOptions = new() { IncludeUsage = true, IncludeObfuscation = false };

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static ChatCompletionRequest Chat() => new()
    {
        Model = "gpt-4o",
        Messages = Conversation(),
        Audio = Json("""{"voice":"alloy","format":"wav"}"""),
        FrequencyPenalty = 0.5,
        FunctionCall = Json("\"auto\""),
        Functions = Json("""[{"name":"f","parameters":{"type":"object"}}]"""),
        LogitBias = new Dictionary<string, int> { ["50256"] = -100 },
        Logprobs = true,
        MaxCompletionTokens = 100,
        MaxTokens = 100,
        Metadata = new Dictionary<string, string> { ["run"] = "7" },
        Modalities = ["text", "audio"],
        Moderation = Json("""{"model":"omni-moderation-latest","policy":{"input":{"mode":"block"},"output":null}}"""),
        N = 2,
        ParallelToolCalls = false,
        Prediction = Json("""{"type":"content","content":"as before"}"""),
        PresencePenalty = -0.5,
        PromptCacheKey = "k",
        PromptCacheOptions = Json("""{"ttl":"30m","mode":"explicit"}"""),
        PromptCacheRetention = "24h",
        ReasoningEffort = "low",
        ResponseFormat = Json("""{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"},"strict":true}}"""),
        SafetyIdentifier = "u1",
        Seed = 9007199254740993,
        ServiceTier = "auto",
        Stop = ["。", "\n"],
        Store = true,
        Stream = true,
        StreamOptions = StreamOptions,
        Temperature = 0.1,
        ToolChoice = Json("""{"type":"function","function":{"name":"f"}}"""),
        Tools = Json("""[{"type":"function","function":{"name":"f","parameters":{"type":"object"},"strict":false}},{"type":"custom","custom":{"name":"c","format":{"type":"text"}}}]"""),
        TopLogprobs = 3,
        TopP = 0.9,
        User = "u",
        Verbosity = "high",
        WebSearchOptions = Json("""{"user_location":{"type":"approximate","approximate":{"city":"Wien"}},"search_context_size":"low"}"""),
    };

    public static CompletionRequest Completion() => new()
    {
        Model = "text-davinci-003",
        Prompt = Json("\"给我讲一个笑话吧\""),
        BestOf = 2,
        Echo = true,
        FrequencyPenalty = 0,
        LogitBias = new Dictionary<string, int> { ["1"] = 1 },
        Logprobs = 5,
        MaxTokens = 512,
        N = 1,
        PresencePenalty = 0,
        Seed = -1,
        Stop = ["END"],
        Stream = false,
        StreamOptions = StreamOptions,
        Suffix = "!",
        Temperature = 0.5,
        TopP = 1,
        User = "u",
    };

    public static ModerationRequest Moderation() => new() { Model = "omni-moderation-latest", Input = new(["a", "b"]) };

    private static List<ChatRequestMessage> Conversation() =>
    [
        new() { Role = "developer", Content = new("Be brief."), Name = "dev" },
        new() { Role = "system", Content = new([new() { Type = "text", Text = "Be kind.", PromptCacheBreakpoint = new() { Mode = "explicit" } }]) },
        new()
        {
            Role = "user",
            Name = "ann",
            Content = new(
            [
                new() { Type = "text", Text = "What is this?" },
                new() { Type = "image_url", ImageUrl = new() { Url = "data:image/png;base64,AAAA", Detail = "low" } },
                new() { Type = "input_audio", InputAudio = new() { Data = "AAAA", Format = "mp3" } },
                new() { Type = "file", File = new() { FileData = "data:application/pdf;base64,AAAA", FileId = "file-1", Filename = "a.pdf" } },
            ]),
        },
        new()
        {
            Role = "assistant",
            Content = new([new() { Type = "text", Text = "A" }, new() { Type = "refusal", Refusal = "No." }]),
            Refusal = "No.",
            Audio = new() { Id = "audio-1" },
            FunctionCall = new() { Name = "f", Arguments = "{}" },
            ToolCalls =
            [
                new() { Id = "call-1", Type = "function", Function = new() { Name = "f", Arguments = "{\"a\":1}" } },
                new() { Id = "call-2", Type = "custom", Custom = new() { Name = "c", Input = "free text" } },
            ],
        },
        new() { Role = "tool", ToolCallId = "call-1", Content = new("42") },
        new() { Role = "function", Name = "f", Content = new("42") },
    ];
}
