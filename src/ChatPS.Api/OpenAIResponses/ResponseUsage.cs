using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>The tokens of a response.</summary>
public sealed class ResponseUsage : WireObject
{
    /// <summary>Tokens of the input, cached ones included.</summary>
    public int? InputTokens { get; set; }

    /// <summary>What the input's tokens were.</summary>
    public InputTokensDetails? InputTokensDetails { get; set; }

    /// <summary>Tokens of the output, reasoning included.</summary>
    public int? OutputTokens { get; set; }

    /// <summary>What the output's tokens were.</summary>
    public OutputTokensDetails? OutputTokensDetails { get; set; }

    /// <summary>Both together.</summary>
    public int? TotalTokens { get; set; }
}
