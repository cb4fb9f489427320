using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>The tokens of an answer.</summary>
public sealed class GeminiUsage : WireObject
{
    /// <summary>Tokens of the prompt, cached ones included.</summary>
    public int? PromptTokenCount { get; set; }

    /// <summary>Tokens of the prompt that were cached.</summary>
    public int? CachedContentTokenCount { get; set; }

    /// <summary>Tokens of the answers, without thoughts.</summary>
    public int? CandidatesTokenCount { get; set; }

    /// <summary>Tokens of thoughts.</summary>
    public int? ThoughtsTokenCount { get; set; }

    /// <summary>Tokens that the service's own tools put into the prompt.</summary>
    public int? ToolUsePromptTokenCount { get; set; }

    /// <summary>All tokens.</summary>
    public int? TotalTokenCount { get; set; }

    /// <summary>The tier that answered: <c>standard</c>, <c>flex</c>, <c>priority</c>.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>The prompt's tokens by kind.</summary>
    public IReadOnlyList<GeminiModalityTokens>? PromptTokensDetails { get; set; }

    /// <summary>The answers' tokens by kind.</summary>
    public IReadOnlyList<GeminiModalityTokens>? CandidatesTokensDetails { get; set; }
}
