using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The tokens of a request and its answer.</summary>
public sealed class Usage : WireObject
{
    /// <summary>Tokens of the prompt.</summary>
    public int? PromptTokens { get; set; }

    /// <summary>Tokens of the answer, reasoning included.</summary>
    public int? CompletionTokens { get; set; }

    /// <summary>The sum.</summary>
    public int? TotalTokens { get; set; }

    /// <summary>What the tokens of the prompt were.</summary>
    public PromptTokensDetails? PromptTokensDetails { get; set; }

    /// <summary>What the tokens of the answer were.</summary>
    public CompletionTokensDetails? CompletionTokensDetails { get; set; }
}
