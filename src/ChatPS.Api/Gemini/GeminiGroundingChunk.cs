using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Something that was found.</summary>
public sealed class GeminiGroundingChunk : WireObject
{
    /// <summary>A web page.</summary>
    public GeminiGroundingSource? Web { get; set; }

    /// <summary>A document.</summary>
    public GeminiGroundingSource? RetrievedContext { get; set; }

    /// <summary>A place.</summary>
    public GeminiGroundingSource? Maps { get; set; }
}
