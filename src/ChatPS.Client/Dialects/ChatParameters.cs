using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects;

/// <summary>The parameters of a chat request, as users name them.</summary>
internal static class ChatParameters
{
    /// <summary>All of them: what a request can give, and a dialect must take by name or else refuses.</summary>
    public static readonly ChatParameter[] All =
    [
        new(nameof(ChatRequest.Temperature), "-Temperature"),
        new(nameof(ChatRequest.TopP), "-TopP"),
        new(nameof(ChatRequest.TopK), "-TopK"),
        new(nameof(ChatRequest.N), "-N"),
        new(nameof(ChatRequest.Stop), "-Stop"),
        new(nameof(ChatRequest.MaxTokens), "-MaxTokens"),
        new(nameof(ChatRequest.MaxCompletionTokens), "-MaxCompletionTokens"),
        new(nameof(ChatRequest.PresencePenalty), "-PresencePenalty"),
        new(nameof(ChatRequest.FrequencyPenalty), "-FrequencyPenalty"),
        new(nameof(ChatRequest.LogitBias), "-LogitBias"),

        // It brings -LogProbs along: what users gave is named first.
        new(nameof(ChatRequest.TopLogProbs), "-TopLogProbs"),
        new(nameof(ChatRequest.LogProbs), "-LogProbs"),
        new(nameof(ChatRequest.Seed), "-Seed"),
        new(nameof(ChatRequest.ResponseFormat), "-ResponseFormat"),
        new(nameof(ChatRequest.Tools), "-Tool"),
        new(nameof(ChatRequest.ToolChoice), "-ToolChoice"),
        new(nameof(ChatRequest.ParallelToolCalls), "-ParallelToolCall"),
        new(nameof(ChatRequest.BuiltInTools), "-BuiltInTool"),
        new(nameof(ChatRequest.Functions), "-Function"),
        new(nameof(ChatRequest.FunctionCall), "-FunctionCall"),
        new(nameof(ChatRequest.ReasoningEffort), "-ReasoningEffort"),
        new(nameof(ChatRequest.ReasoningSummary), "-ReasoningSummary"),
        new(nameof(ChatRequest.ThinkingBudget), "-ThinkingBudget"),
        new(nameof(ChatRequest.Verbosity), "-Verbosity"),
        new(nameof(ChatRequest.Modalities), "-Modality"),
        new(nameof(ChatRequest.Audio), "-Audio"),
        new(nameof(ChatRequest.Prediction), "-Prediction"),
        new(nameof(ChatRequest.WebSearchOptions), "-WebSearchOption"),
        new(nameof(ChatRequest.Moderation), "-Moderation"),
        new(nameof(ChatRequest.ServiceTier), "-ServiceTier"),
        new(nameof(ChatRequest.Store), "-Store"),
        new(nameof(ChatRequest.Metadata), "-Metadata"),
        new(nameof(ChatRequest.PromptCacheKey), "-PromptCacheKey"),
        new(nameof(ChatRequest.PromptCacheRetention), "-PromptCacheRetention"),
        new(nameof(ChatRequest.PromptCacheOptions), "-PromptCacheOption"),
        new(nameof(ChatRequest.SafetyIdentifier), "-SafetyIdentifier"),
        new(nameof(ChatRequest.User), "-User"),
        new(nameof(ChatRequest.IncludeObfuscation), "-IncludeObfuscation"),
        new(nameof(ChatRequest.PreviousResponseId), "-PreviousResponseId"),
        new(nameof(ChatRequest.ConversationId), "-ConversationId"),
        new(nameof(ChatRequest.Background), "-Background"),
    ];

    // Loops, where a closure for each would be compiled with the first request.

    /// <summary>Finds what a dialect refuses.</summary>
    /// <param name="supported">The properties that it takes.</param>
    /// <returns>All other parameters.</returns>
    public static ChatParameter[] Except(IReadOnlyCollection<string> supported)
    {
        List<ChatParameter> others = [];
        foreach (ChatParameter parameter in All)
        {
            if (!supported.Contains(parameter.Property, StringComparer.Ordinal))
            {
                others.Add(parameter);
            }
        }

        return [.. others];
    }

    /// <summary>Finds what a request gives and a service does not take.</summary>
    /// <param name="request">The request.</param>
    /// <param name="refused">What the dialect refuses.</param>
    /// <param name="unsupported">The parameters that the provider refuses all the same.</param>
    /// <returns>The first such parameter; null if everything has its place.</returns>
    public static ChatParameter? FirstRefused(ChatRequest request, ChatParameter[] refused, IReadOnlyCollection<string> unsupported)
    {
        foreach (ChatParameter parameter in unsupported.Count == 0 ? refused : All)
        {
            if ((unsupported.Count == 0 || Array.IndexOf(refused, parameter) >= 0 || unsupported.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)) && IsGiven(request, parameter.Property))
            {
                return parameter;
            }
        }

        return null;
    }

    /// <summary>Makes the error for a parameter that a service does not take.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="supported">The properties that the dialect takes.</param>
    /// <param name="connection">The connection's settings.</param>
    /// <returns>The error, which names what there is in its place.</returns>
    public static ChatServiceException Refusal(ChatParameter parameter, IReadOnlyCollection<string> supported, ConnectionSettings connection) => Failures.Invalid(
        $"{parameter.Name}: {connection.ServiceNameWithin} has no place for it in a request (connection '{connection.Name}').",
        $"Leave out {parameter.Name}; {InPlaceOf(parameter, supported)}.");

    /// <summary>Tells what there is in place of a parameter that a service does not take.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="supported">The properties that the dialect takes.</param>
    /// <returns>The second half of an advice.</returns>
    private static string InPlaceOf(ChatParameter parameter, IReadOnlyCollection<string> supported)
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

    // One method, where a delegate for each parameter would be compiled with the first request.
    private static bool IsGiven(ChatRequest request, string property) => property switch
    {
        nameof(ChatRequest.Temperature) => request.Temperature is not null,
        nameof(ChatRequest.TopP) => request.TopP is not null,
        nameof(ChatRequest.TopK) => request.TopK is not null,
        nameof(ChatRequest.N) => request.N > 1,
        nameof(ChatRequest.Stop) => request.Stop is not null,
        nameof(ChatRequest.MaxTokens) => request.MaxTokens is not null,
        nameof(ChatRequest.MaxCompletionTokens) => request.MaxCompletionTokens is not null,
        nameof(ChatRequest.PresencePenalty) => request.PresencePenalty is not null,
        nameof(ChatRequest.FrequencyPenalty) => request.FrequencyPenalty is not null,
        nameof(ChatRequest.LogitBias) => request.LogitBias is not null,
        nameof(ChatRequest.TopLogProbs) => request.TopLogProbs is not null,
        nameof(ChatRequest.LogProbs) => request.LogProbs is not null,
        nameof(ChatRequest.Seed) => request.Seed is not null,
        nameof(ChatRequest.ResponseFormat) => request.ResponseFormat is not null && request.Output is null,
        nameof(ChatRequest.Tools) => request.Tools is not null,
        nameof(ChatRequest.ToolChoice) => request.ToolChoice is not null,
        nameof(ChatRequest.ParallelToolCalls) => request.ParallelToolCalls is not null,
        nameof(ChatRequest.BuiltInTools) => request.BuiltInTools.Count > 0,
        nameof(ChatRequest.Functions) => request.Functions is not null,
        nameof(ChatRequest.FunctionCall) => request.FunctionCall is not null,
        nameof(ChatRequest.ReasoningEffort) => request.ReasoningEffort is not null,
        nameof(ChatRequest.ReasoningSummary) => request.ReasoningSummary is not null,
        nameof(ChatRequest.ThinkingBudget) => request.ThinkingBudget is not null,
        nameof(ChatRequest.Verbosity) => request.Verbosity is not null,
        nameof(ChatRequest.Modalities) => request.Modalities is not null,
        nameof(ChatRequest.Audio) => request.Audio is not null,
        nameof(ChatRequest.Prediction) => request.Prediction is not null,
        nameof(ChatRequest.WebSearchOptions) => request.WebSearchOptions is not null,
        nameof(ChatRequest.Moderation) => request.Moderation is not null,
        nameof(ChatRequest.ServiceTier) => request.ServiceTier is not null,
        nameof(ChatRequest.Store) => request.Store is not null,
        nameof(ChatRequest.Metadata) => request.Metadata is not null,
        nameof(ChatRequest.PromptCacheKey) => request.PromptCacheKey is not null,
        nameof(ChatRequest.PromptCacheRetention) => request.PromptCacheRetention is not null,
        nameof(ChatRequest.PromptCacheOptions) => request.PromptCacheOptions is not null,
        nameof(ChatRequest.SafetyIdentifier) => request.SafetyIdentifier is not null,
        nameof(ChatRequest.User) => request.User is not null,
        nameof(ChatRequest.IncludeObfuscation) => request.IncludeObfuscation is not null,
        nameof(ChatRequest.PreviousResponseId) => request.PreviousResponseId is not null,
        nameof(ChatRequest.ConversationId) => request.ConversationId is not null,
        nameof(ChatRequest.Background) => request.Background,
        _ => throw new ArgumentOutOfRangeException(nameof(property), property, "Nothing tells whether a request gives it."),
    };
}
