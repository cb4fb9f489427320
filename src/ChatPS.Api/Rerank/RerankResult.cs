using ChatPS.Api.Wire;

namespace ChatPS.Api.Rerank;

/// <summary>The score of a document.</summary>
public sealed class RerankResult : WireObject
{
    /// <summary>The document's place in the request, from 0.</summary>
    public int? Index { get; set; }

    /// <summary>How well it fits; comparable within one model at best.</summary>
    public double? RelevanceScore { get; set; }

    /// <summary>The same, by another name.</summary>
    public double? Score { get; set; }
}
