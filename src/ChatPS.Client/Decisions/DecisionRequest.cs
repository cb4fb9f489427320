using ChatPS.Client.Completions;

namespace ChatPS.Client.Decisions;

/// <summary>Typed questions about one piece of evidence. A null is not sent.</summary>
public sealed record DecisionRequest : GenerationRequest
{
    /// <summary>The questions, at least one, each of another name.</summary>
    public IReadOnlyList<ChatQuestion> Questions { get; init; } = [];

    /// <summary>What they are about, as messages with text and images: one of the user for a plain item, a whole conversation otherwise. Empty where <see cref="Data"/> is given.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; } = [];

    /// <summary>What they are about, as plain dictionaries, lists and values; null where it is given as <see cref="Messages"/>.</summary>
    public object? Data { get; init; }

    /// <summary>The shape of the request, by its name; null to find out.</summary>
    public string? Form { get; init; }

    /// <summary>Groups requests that share a beginning, for the service's cache.</summary>
    public string? PromptCacheKey { get; init; }

    /// <summary>A hash that tells the service's end users apart.</summary>
    public string? SafetyIdentifier { get; init; }
}
