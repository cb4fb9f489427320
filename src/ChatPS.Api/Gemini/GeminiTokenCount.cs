using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>How many tokens a request would take.</summary>
public sealed class GeminiTokenCount : ApiResponseBody
{
    /// <summary>The tokens, cached ones included.</summary>
    public int? TotalTokens { get; set; }

    /// <summary>The tokens that are cached.</summary>
    public int? CachedContentTokenCount { get; set; }
}
