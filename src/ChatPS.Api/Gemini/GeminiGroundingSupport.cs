using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>What a piece of an answer rests on.</summary>
public sealed class GeminiGroundingSupport : WireObject
{
    /// <summary>The piece.</summary>
    public GeminiSegment? Segment { get; set; }

    /// <summary>The places of what was found, from 0.</summary>
    public IReadOnlyList<int>? GroundingChunkIndices { get; set; }
}
