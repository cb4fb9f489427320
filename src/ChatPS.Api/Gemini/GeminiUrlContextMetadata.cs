using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>The pages that were read for an answer.</summary>
public sealed class GeminiUrlContextMetadata : WireObject
{
    /// <summary>The pages.</summary>
    public IReadOnlyList<GeminiUrlMetadata>? UrlMetadata { get; set; }
}
