using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>One of the answers.</summary>
[Answer(nameof(Content))]
public sealed class GeminiCandidate : WireObject
{
    /// <summary>Its place, from 0.</summary>
    public int? Index { get; set; }

    /// <summary>What the model says.</summary>
    public GeminiContent? Content { get; set; }

    /// <summary>Why it ended, such as <c>STOP</c>; null while it goes on.</summary>
    public string? FinishReason { get; set; }

    /// <summary>The same in words.</summary>
    public string? FinishMessage { get; set; }

    /// <summary>What asks for the rest, in base64, where the service paused.</summary>
    public string? ContinuationToken { get; set; }

    /// <summary>What the service found in the answer.</summary>
    public IReadOnlyList<GeminiSafetyRating>? SafetyRatings { get; set; }

    /// <summary>What the answer quotes.</summary>
    public GeminiCitationMetadata? CitationMetadata { get; set; }

    /// <summary>What a search found, and what the answer rests on.</summary>
    public GeminiGroundingMetadata? GroundingMetadata { get; set; }

    /// <summary>The pages that were read.</summary>
    public GeminiUrlContextMetadata? UrlContextMetadata { get; set; }

    /// <summary>The probability of each token.</summary>
    public GeminiLogprobs? LogprobsResult { get; set; }
}
