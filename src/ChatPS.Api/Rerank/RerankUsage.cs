using ChatPS.Api.Wire;

namespace ChatPS.Api.Rerank;

/// <summary>What a reranking took. Each service tells a part of it, at a place of its own.</summary>
public sealed class RerankUsage : WireObject
{
    /// <summary>Tokens of the query and the documents, as Jina and gateways tell them.</summary>
    public int? PromptTokens { get; set; }

    /// <summary>All tokens, as Jina, Voyage and gateways tell them.</summary>
    public int? TotalTokens { get; set; }

    /// <summary>Tokens of the query and the documents, as Cohere and SiliconFlow tell them.</summary>
    public int? InputTokens { get; set; }

    /// <summary>Tokens of the answer, as Cohere and SiliconFlow tell them.</summary>
    public int? OutputTokens { get; set; }

    /// <summary>What Cohere charges: a query and up to so many documents as it counts as one search.</summary>
    public int? SearchUnits { get; set; }

    /// <summary>Where <c>meta</c> holds the tokens.</summary>
    public RerankUsage? Tokens { get; set; }

    /// <summary>Where <c>meta</c> holds what is charged.</summary>
    public RerankUsage? BilledUnits { get; set; }
}
