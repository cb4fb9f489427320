using ChatPS.Client.Chat;

namespace ChatPS.Client.Dialects;

/// <summary>The parameters of a chat request, as users name them.</summary>
internal static class ChatParameters
{
    /// <summary>All of them: what a request can give, and a dialect must take by name or else refuses.</summary>
    public static IReadOnlyList<ChatParameter> All { get; } =
    [
        new(nameof(ChatRequest.Temperature), "-Temperature", request => request.Temperature is not null),
        new(nameof(ChatRequest.TopP), "-TopP", request => request.TopP is not null),
        new(nameof(ChatRequest.TopK), "-TopK", request => request.TopK is not null),
        new(nameof(ChatRequest.N), "-N", request => request.N > 1),
        new(nameof(ChatRequest.Stop), "-Stop", request => request.Stop is not null),
        new(nameof(ChatRequest.MaxTokens), "-MaxTokens", request => request.MaxTokens is not null),
        new(nameof(ChatRequest.MaxCompletionTokens), "-MaxCompletionTokens", request => request.MaxCompletionTokens is not null),
        new(nameof(ChatRequest.PresencePenalty), "-PresencePenalty", request => request.PresencePenalty is not null),
        new(nameof(ChatRequest.FrequencyPenalty), "-FrequencyPenalty", request => request.FrequencyPenalty is not null),
        new(nameof(ChatRequest.LogitBias), "-LogitBias", request => request.LogitBias is not null),

        // It brings -LogProbs along: what users gave is named first.
        new(nameof(ChatRequest.TopLogProbs), "-TopLogProbs", request => request.TopLogProbs is not null),
        new(nameof(ChatRequest.LogProbs), "-LogProbs", request => request.LogProbs is not null),
        new(nameof(ChatRequest.Seed), "-Seed", request => request.Seed is not null),
        new(nameof(ChatRequest.ResponseFormat), "-ResponseFormat", request => request.ResponseFormat is not null && request.Output is null),
        new(nameof(ChatRequest.Tools), "-Tool", request => request.Tools is not null),
        new(nameof(ChatRequest.ToolChoice), "-ToolChoice", request => request.ToolChoice is not null),
        new(nameof(ChatRequest.ParallelToolCalls), "-ParallelToolCall", request => request.ParallelToolCalls is not null),
        new(nameof(ChatRequest.BuiltInTools), "-BuiltInTool", request => request.BuiltInTools.Count > 0),
        new(nameof(ChatRequest.Functions), "-Function", request => request.Functions is not null),
        new(nameof(ChatRequest.FunctionCall), "-FunctionCall", request => request.FunctionCall is not null),
        new(nameof(ChatRequest.ReasoningEffort), "-ReasoningEffort", request => request.ReasoningEffort is not null),
        new(nameof(ChatRequest.ReasoningSummary), "-ReasoningSummary", request => request.ReasoningSummary is not null),
        new(nameof(ChatRequest.ThinkingBudget), "-ThinkingBudget", request => request.ThinkingBudget is not null),
        new(nameof(ChatRequest.Verbosity), "-Verbosity", request => request.Verbosity is not null),
        new(nameof(ChatRequest.Modalities), "-Modality", request => request.Modalities is not null),
        new(nameof(ChatRequest.Audio), "-Audio", request => request.Audio is not null),
        new(nameof(ChatRequest.Prediction), "-Prediction", request => request.Prediction is not null),
        new(nameof(ChatRequest.WebSearchOptions), "-WebSearchOption", request => request.WebSearchOptions is not null),
        new(nameof(ChatRequest.Moderation), "-Moderation", request => request.Moderation is not null),
        new(nameof(ChatRequest.ServiceTier), "-ServiceTier", request => request.ServiceTier is not null),
        new(nameof(ChatRequest.Store), "-Store", request => request.Store is not null),
        new(nameof(ChatRequest.Metadata), "-Metadata", request => request.Metadata is not null),
        new(nameof(ChatRequest.PromptCacheKey), "-PromptCacheKey", request => request.PromptCacheKey is not null),
        new(nameof(ChatRequest.PromptCacheRetention), "-PromptCacheRetention", request => request.PromptCacheRetention is not null),
        new(nameof(ChatRequest.PromptCacheOptions), "-PromptCacheOption", request => request.PromptCacheOptions is not null),
        new(nameof(ChatRequest.SafetyIdentifier), "-SafetyIdentifier", request => request.SafetyIdentifier is not null),
        new(nameof(ChatRequest.User), "-User", request => request.User is not null),
        new(nameof(ChatRequest.IncludeObfuscation), "-IncludeObfuscation", request => request.IncludeObfuscation is not null),
        new(nameof(ChatRequest.PreviousResponseId), "-PreviousResponseId", request => request.PreviousResponseId is not null),
        new(nameof(ChatRequest.ConversationId), "-ConversationId", request => request.ConversationId is not null),
        new(nameof(ChatRequest.Background), "-Background", request => request.Background),
    ];

    /// <summary>Finds what a request gives and a service does not take.</summary>
    /// <param name="request">The request.</param>
    /// <param name="supported">The properties that the dialect takes.</param>
    /// <param name="unsupported">The parameters that the provider refuses all the same.</param>
    /// <returns>The first such parameter; null if everything has its place.</returns>
    public static ChatParameter? FirstRefused(ChatRequest request, IReadOnlyCollection<string> supported, IReadOnlyCollection<string> unsupported) => All.FirstOrDefault(
        parameter => parameter.IsGiven(request) && (!supported.Contains(parameter.Property, StringComparer.Ordinal) || unsupported.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Tells what there is in place of a parameter that a service does not take.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="supported">The properties that the dialect takes.</param>
    /// <returns>The second half of an advice.</returns>
    public static string InPlaceOf(ChatParameter parameter, IReadOnlyCollection<string> supported)
    {
        string? near = parameter.Property switch
        {
            nameof(ChatRequest.ThinkingBudget) => nameof(ChatRequest.ReasoningEffort),
            nameof(ChatRequest.ReasoningEffort) => nameof(ChatRequest.ThinkingBudget),
            nameof(ChatRequest.BuiltInTools) => nameof(ChatRequest.WebSearchOptions),
            nameof(ChatRequest.WebSearchOptions) => nameof(ChatRequest.BuiltInTools),
            nameof(ChatRequest.User) => nameof(ChatRequest.SafetyIdentifier),
            nameof(ChatRequest.SafetyIdentifier) => nameof(ChatRequest.User),
            nameof(ChatRequest.Functions) => nameof(ChatRequest.Tools),
            nameof(ChatRequest.FunctionCall) => nameof(ChatRequest.ToolChoice),
            _ => null,
        };
        return near is not null && supported.Contains(near, StringComparer.Ordinal) ? $"{All.First(other => other.Property == near).Name} is what comes near it"
            : parameter.Property is nameof(ChatRequest.N) ? "pipe in the same prompt as often as there are to be answers"
            : "what the service has instead can be sent with -AdditionalBody";
    }
}
