using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>The probability of each token.</summary>
public sealed class GeminiLogprobs : WireObject
{
    /// <summary>The tokens of the answer.</summary>
    public IReadOnlyList<GeminiTokenLogprob>? ChosenCandidates { get; set; }

    /// <summary>The likeliest tokens for each place.</summary>
    public IReadOnlyList<GeminiTopLogprobs>? TopCandidates { get; set; }
}
