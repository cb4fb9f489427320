using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>What a search found, and what the answer rests on.</summary>
public sealed class GeminiGroundingMetadata : WireObject
{
    /// <summary>What was searched for.</summary>
    public IReadOnlyList<string>? WebSearchQueries { get; set; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<GeminiGroundingChunk>? GroundingChunks { get; set; }

    /// <summary>Which pieces of the answer rest on what.</summary>
    public IReadOnlyList<GeminiGroundingSupport>? GroundingSupports { get; set; }
}
