using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>What the tokens of an answer are.</summary>
public sealed class OutputTokensDetails : WireObject
{
    /// <summary>Tokens of thinking.</summary>
    public int? ThinkingTokens { get; set; }
}
