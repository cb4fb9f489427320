using ChatPS.Api.Wire;

namespace ChatPS.Api.Rerank;

/// <summary>The body of <c>POST /rerank</c>.</summary>
public sealed class RerankRequest : ApiRequest
{
    /// <summary>The model.</summary>
    public string? Model { get; set; }

    /// <summary>What the documents are to fit.</summary>
    public string? Query { get; set; }

    /// <summary>The documents.</summary>
    public IReadOnlyList<string>? Documents { get; set; }

    /// <summary>How many of the best are wanted. Gateways make 1 of a missing number.</summary>
    public int? TopN { get; set; }

    /// <summary>The same (Voyage).</summary>
    public int? TopK { get; set; }

    /// <summary>Whether the documents come back with their scores.</summary>
    public bool? ReturnDocuments { get; set; }
}
