using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Where something was found.</summary>
public sealed class GeminiGroundingSource : WireObject
{
    /// <summary>The address.</summary>
    public string? Uri { get; set; }

    /// <summary>The title.</summary>
    public string? Title { get; set; }
}
