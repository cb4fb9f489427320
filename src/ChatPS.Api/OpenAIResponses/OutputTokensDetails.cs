using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>What the tokens of the output were.</summary>
public sealed class OutputTokensDetails : WireObject
{
    /// <summary>Tokens of reasoning.</summary>
    public int? ReasoningTokens { get; set; }
}
