namespace ChatPS.Client;

/// <summary>The parameters of a chat request, as users name them.</summary>
internal static class ChatParameters
{
    private static readonly (string Name, Func<ChatRequest, bool> IsGiven)[] All =
    [
        ("-Temperature", request => request.Temperature is not null),
        ("-TopP", request => request.TopP is not null),
        ("-TopK", request => request.TopK is not null),
        ("-N", request => request.N > 1),
        ("-Stop", request => request.Stop is not null),
        ("-PresencePenalty", request => request.PresencePenalty is not null),
        ("-FrequencyPenalty", request => request.FrequencyPenalty is not null),
        ("-LogitBias", request => request.LogitBias is not null),
        ("-LogProbs", request => request.LogProbs is not null),
        ("-TopLogProbs", request => request.TopLogProbs is not null),
        ("-Seed", request => request.Seed is not null),
        ("-ResponseFormat", request => request.ResponseFormat is not null && request.Output is null),
        ("-Tool", request => request.Tools is not null),
        ("-ToolChoice", request => request.ToolChoice is not null),
        ("-ParallelToolCall", request => request.ParallelToolCalls is not null),
        ("-BuiltInTool", request => request.BuiltInTools.Count > 0),
        ("-Function", request => request.Functions is not null),
        ("-FunctionCall", request => request.FunctionCall is not null),
        ("-ReasoningEffort", request => request.ReasoningEffort is not null),
        ("-ReasoningSummary", request => request.ReasoningSummary is not null),
        ("-ThinkingBudget", request => request.ThinkingBudget is not null),
        ("-Verbosity", request => request.Verbosity is not null),
        ("-Modality", request => request.Modalities is not null),
        ("-Audio", request => request.Audio is not null),
        ("-Prediction", request => request.Prediction is not null),
        ("-WebSearchOption", request => request.WebSearchOptions is not null),
        ("-Moderation", request => request.Moderation is not null),
        ("-ServiceTier", request => request.ServiceTier is not null),
        ("-Store", request => request.Store is not null),
        ("-Metadata", request => request.Metadata is not null),
        ("-PromptCacheKey", request => request.PromptCacheKey is not null),
        ("-PromptCacheRetention", request => request.PromptCacheRetention is not null),
        ("-PromptCacheOption", request => request.PromptCacheOptions is not null),
        ("-SafetyIdentifier", request => request.SafetyIdentifier is not null),
        ("-User", request => request.User is not null),
        ("-IncludeObfuscation", request => request.IncludeObfuscation is not null),
        ("-PreviousResponseId", request => request.PreviousResponseId is not null),
        ("-ConversationId", request => request.ConversationId is not null),
        ("-Background", request => request.Background),
    ];

    /// <summary>Tells what there is in place of a parameter that a dialect does not have.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="unsupported">All that the dialect does not have.</param>
    /// <returns>The second half of an advice.</returns>
    public static string InPlaceOf(string parameter, IReadOnlyCollection<string> unsupported)
    {
        string[] others = parameter switch
        {
            "-ThinkingBudget" => ["-ReasoningEffort"],
            "-ReasoningEffort" => ["-ThinkingBudget"],
            "-BuiltInTool" => ["-WebSearchOption"],
            "-WebSearchOption" => ["-BuiltInTool"],
            "-User" => ["-SafetyIdentifier"],
            "-SafetyIdentifier" => ["-User"],
            "-Function" => ["-Tool"],
            "-FunctionCall" => ["-ToolChoice"],
            _ => [],
        };
        string? other = others.FirstOrDefault(name => !unsupported.Contains(name, StringComparer.Ordinal));
        return other is not null ? $"{other} is what comes near it"
            : parameter is "-N" ? "pipe in the same prompt as often as there are to be answers"
            : "what the service has instead can be sent with -AdditionalBody";
    }

    /// <summary>The names of what a request gives.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The names, each with its dash.</returns>
    public static IEnumerable<string> GivenIn(ChatRequest request) => All.Where(parameter => parameter.IsGiven(request)).Select(parameter => parameter.Name);
}
