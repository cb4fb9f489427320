using ChatPS.Api.Wire;

namespace ChatPS.Api.Text;

/// <summary>Log probabilities of the tokens of a legacy completion: lists of the same length.</summary>
public sealed class CompletionLogprobs : WireObject
{
    /// <summary>The tokens.</summary>
    public IReadOnlyList<string>? Tokens { get; set; }

    /// <summary>Their natural log probabilities; null for the first token of an echoed prompt.</summary>
    public IReadOnlyList<double?>? TokenLogprobs { get; set; }

    /// <summary>The likely tokens at each position, with their log probabilities.</summary>
    public IReadOnlyList<Dictionary<string, double?>?>? TopLogprobs { get; set; }

    /// <summary>Where each token begins in the text, in characters.</summary>
    public IReadOnlyList<int>? TextOffset { get; set; }
}
