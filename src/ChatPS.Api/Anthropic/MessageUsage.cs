using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>The tokens of a request and its answer; in the events of a stream, those so far.</summary>
public sealed class MessageUsage : WireObject
{
    /// <summary>Tokens of the prompt that were neither read from the cache nor written to it.</summary>
    public int? InputTokens { get; set; }

    /// <summary>Tokens of the prompt that were written to the cache.</summary>
    public int? CacheCreationInputTokens { get; set; }

    /// <summary>Tokens of the prompt that were read from the cache.</summary>
    public int? CacheReadInputTokens { get; set; }

    /// <summary>Tokens of the answer, thinking included.</summary>
    public int? OutputTokens { get; set; }

    /// <summary>What the tokens of the answer are.</summary>
    public OutputTokensDetails? OutputTokensDetails { get; set; }

    /// <summary>The tier that answered: <c>standard</c>, <c>priority</c>, <c>batch</c>.</summary>
    public string? ServiceTier { get; set; }
}
