using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>What the service found in the prompt.</summary>
public sealed class GeminiPromptFeedback : WireObject
{
    /// <summary>Why the prompt is not answered; null if it is.</summary>
    public string? BlockReason { get; set; }

    /// <summary>The same in words, where the service says it.</summary>
    public string? BlockReasonMessage { get; set; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<GeminiSafetyRating>? SafetyRatings { get; set; }
}
