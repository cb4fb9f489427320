using ChatPS.Client.Chat;
using ChatPS.Client.Dialects;

namespace ChatPS.Client.Tests.Dialects;

/// <summary>A request with each parameter that a chat request can give.</summary>
internal static class ParameterSamples
{
    private static readonly object[] Tools = [Map(("type", "function"), ("function", Map(("name", "first"))))];

    private static readonly Dictionary<string, ChatRequest> Requests = new(StringComparer.Ordinal)
    {
        [nameof(ChatRequest.Temperature)] = Engine.Ask() with { Temperature = 0.5 },
        [nameof(ChatRequest.TopP)] = Engine.Ask() with { TopP = 0.5 },
        [nameof(ChatRequest.TopK)] = Engine.Ask() with { TopK = 5 },
        [nameof(ChatRequest.N)] = Engine.Ask() with { N = 2 },
        [nameof(ChatRequest.Stop)] = Engine.Ask() with { Stop = ["#"] },
        [nameof(ChatRequest.MaxTokens)] = Engine.Ask() with { MaxTokens = 50 },
        [nameof(ChatRequest.MaxCompletionTokens)] = Engine.Ask() with { MaxCompletionTokens = 50 },
        [nameof(ChatRequest.PresencePenalty)] = Engine.Ask() with { PresencePenalty = 0.5 },
        [nameof(ChatRequest.FrequencyPenalty)] = Engine.Ask() with { FrequencyPenalty = 0.5 },
        [nameof(ChatRequest.LogitBias)] = Engine.Ask() with { LogitBias = new Dictionary<string, int> { ["1"] = 1 } },
        [nameof(ChatRequest.LogProbs)] = Engine.Ask() with { LogProbs = true },
        [nameof(ChatRequest.TopLogProbs)] = Engine.Ask() with { TopLogProbs = 2 },
        [nameof(ChatRequest.Seed)] = Engine.Ask() with { Seed = 1 },
        [nameof(ChatRequest.ResponseFormat)] = Engine.Ask() with { ResponseFormat = Map(("type", "json_schema"), ("json_schema", Map(("name", "s"), ("schema", Map(("type", "object")))))) },
        [nameof(ChatRequest.Tools)] = Engine.Ask() with { Tools = Tools },
        [nameof(ChatRequest.ToolChoice)] = Engine.Ask() with { Tools = Tools, ToolChoice = "auto" },
        [nameof(ChatRequest.ParallelToolCalls)] = Engine.Ask() with { Tools = Tools, ParallelToolCalls = false },
        [nameof(ChatRequest.BuiltInTools)] = Engine.Ask() with { BuiltInTools = [Map(("type", "web_search"))] },
        [nameof(ChatRequest.Functions)] = Engine.Ask() with { Functions = new object[] { Map(("name", "f")) } },
        [nameof(ChatRequest.FunctionCall)] = Engine.Ask() with { FunctionCall = "auto" },
        [nameof(ChatRequest.ReasoningEffort)] = Engine.Ask() with { ReasoningEffort = "low" },
        [nameof(ChatRequest.ReasoningSummary)] = Engine.Ask() with { ReasoningSummary = "auto" },
        [nameof(ChatRequest.ThinkingBudget)] = Engine.Ask() with { ThinkingBudget = 2000 },
        [nameof(ChatRequest.Verbosity)] = Engine.Ask() with { Verbosity = "low" },
        [nameof(ChatRequest.Modalities)] = Engine.Ask() with { Modalities = ["text"] },
        [nameof(ChatRequest.Audio)] = Engine.Ask() with { Audio = Map(("voice", "alloy"), ("format", "wav")) },
        [nameof(ChatRequest.Prediction)] = Engine.Ask() with { Prediction = Map(("type", "content"), ("content", "x")) },
        [nameof(ChatRequest.WebSearchOptions)] = Engine.Ask() with { WebSearchOptions = Map() },
        [nameof(ChatRequest.Moderation)] = Engine.Ask() with { Moderation = Map() },
        [nameof(ChatRequest.ServiceTier)] = Engine.Ask() with { ServiceTier = "auto" },
        [nameof(ChatRequest.Store)] = Engine.Ask() with { Store = false },
        [nameof(ChatRequest.Metadata)] = Engine.Ask() with { Metadata = new Dictionary<string, string> { ["a"] = "b" } },
        [nameof(ChatRequest.PromptCacheKey)] = Engine.Ask() with { PromptCacheKey = "k" },
        [nameof(ChatRequest.PromptCacheRetention)] = Engine.Ask() with { PromptCacheRetention = "24h" },
        [nameof(ChatRequest.PromptCacheOptions)] = Engine.Ask() with { PromptCacheOptions = Map() },
        [nameof(ChatRequest.SafetyIdentifier)] = Engine.Ask() with { SafetyIdentifier = "s" },
        [nameof(ChatRequest.User)] = Engine.Ask() with { User = "u" },
        [nameof(ChatRequest.IncludeObfuscation)] = Engine.Ask() with { IncludeObfuscation = false },
        [nameof(ChatRequest.PreviousResponseId)] = Engine.Ask() with { PreviousResponseId = "resp_1" },
        [nameof(ChatRequest.ConversationId)] = Engine.Ask() with { ConversationId = "conv_1" },
        [nameof(ChatRequest.Background)] = Engine.Ask() with { Background = true },
    };

    /// <summary>A request that gives a parameter.</summary>
    /// <param name="parameter">Its name, with its dash.</param>
    /// <returns>The request.</returns>
    public static ChatRequest With(string parameter) => Requests[ChatParameters.All.Single(one => one.Name == parameter).Property];

    /// <summary>The same request without it; what the parameter needs beside it stays.</summary>
    /// <param name="parameter">Its name, with its dash.</param>
    /// <returns>The request.</returns>
    public static ChatRequest Without(string parameter) => parameter is "-ToolChoice" or "-ParallelToolCall" ? Engine.Ask() with { Tools = Tools } : Engine.Ask();

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) => members.ToDictionary(member => member.Name, member => member.Value);
}
