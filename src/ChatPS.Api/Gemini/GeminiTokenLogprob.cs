using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>The log probability of one token.</summary>
public sealed class GeminiTokenLogprob : WireObject
{
    /// <summary>The token.</summary>
    public string? Token { get; set; }

    /// <summary>Its natural log probability.</summary>
    public double? LogProbability { get; set; }
}
