using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Rerank;

/// <summary>Reranking, as Jina made it and gateways and others offer it, and as Cohere and Voyage do.</summary>
internal interface IRerankApi
{
    /// <summary>Scores documents by how well they fit a query. The path may begin with <c>..</c>, where a vendor's form lies beside the base address.</summary>
    [Post("/{**path}")]
    Task<IApiResponse<RerankResponse>> CreateAsync(
        string path,
        [Body(buffered: true)] RerankRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
