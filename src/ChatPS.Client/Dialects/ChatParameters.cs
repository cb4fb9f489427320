namespace ChatPS.Client;

/// <summary>The parameters of a chat request, as users name them.</summary>
internal static class ChatParameters
{
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
    public static List<string> GivenIn(ChatRequest request)
    {
        List<string> given = [];
        void Add(bool isGiven, string name)
        {
            if (isGiven)
            {
                given.Add(name);
            }
        }

        Add(request.Temperature is not null, "-Temperature");
        Add(request.TopP is not null, "-TopP");
        Add(request.TopK is not null, "-TopK");
        Add(request.N > 1, "-N");
        Add(request.Stop is not null, "-Stop");
        Add(request.PresencePenalty is not null, "-PresencePenalty");
        Add(request.FrequencyPenalty is not null, "-FrequencyPenalty");
        Add(request.LogitBias is not null, "-LogitBias");
        Add(request.LogProbs is not null, "-LogProbs");
        Add(request.TopLogProbs is not null, "-TopLogProbs");
        Add(request.Seed is not null, "-Seed");
        Add(request.ResponseFormat is not null && request.Output is null, "-ResponseFormat");
        Add(request.Tools is not null, "-Tool");
        Add(request.ToolChoice is not null, "-ToolChoice");
        Add(request.ParallelToolCalls is not null, "-ParallelToolCall");
        Add(request.BuiltInTools.Count > 0, "-BuiltInTool");
        Add(request.Functions is not null, "-Function");
        Add(request.FunctionCall is not null, "-FunctionCall");
        Add(request.ReasoningEffort is not null, "-ReasoningEffort");
        Add(request.ReasoningSummary is not null, "-ReasoningSummary");
        Add(request.ThinkingBudget is not null, "-ThinkingBudget");
        Add(request.Verbosity is not null, "-Verbosity");
        Add(request.Modalities is not null, "-Modality");
        Add(request.Audio is not null, "-Audio");
        Add(request.Prediction is not null, "-Prediction");
        Add(request.WebSearchOptions is not null, "-WebSearchOption");
        Add(request.Moderation is not null, "-Moderation");
        Add(request.ServiceTier is not null, "-ServiceTier");
        Add(request.Store is not null, "-Store");
        Add(request.Metadata is not null, "-Metadata");
        Add(request.PromptCacheKey is not null, "-PromptCacheKey");
        Add(request.PromptCacheRetention is not null, "-PromptCacheRetention");
        Add(request.PromptCacheOptions is not null, "-PromptCacheOption");
        Add(request.SafetyIdentifier is not null, "-SafetyIdentifier");
        Add(request.User is not null, "-User");
        Add(request.IncludeObfuscation is not null, "-IncludeObfuscation");
        Add(request.PreviousResponseId is not null, "-PreviousResponseId");
        Add(request.ConversationId is not null, "-ConversationId");
        Add(request.Background, "-Background");
        return given;
    }
}
