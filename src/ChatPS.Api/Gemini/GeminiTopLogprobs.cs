using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>The likeliest tokens for one place.</summary>
public sealed class GeminiTopLogprobs : WireObject
{
    /// <summary>The tokens, the likeliest first.</summary>
    public IReadOnlyList<GeminiTokenLogprob>? Candidates { get; set; }
}
