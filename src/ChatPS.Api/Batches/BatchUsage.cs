using ChatPS.Api.Wire;

namespace ChatPS.Api.Batches;

/// <summary>What the answers of a batch used, all together. The details stand in the unknown members.</summary>
public sealed class BatchUsage : WireObject
{
    /// <summary>The tokens of the requests.</summary>
    public long? InputTokens { get; set; }

    /// <summary>The tokens of the answers.</summary>
    public long? OutputTokens { get; set; }

    /// <summary>Both together.</summary>
    public long? TotalTokens { get; set; }
}
