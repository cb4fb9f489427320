using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Rerank;

/// <summary>Reranking, as Jina made it and gateways and others offer it.</summary>
internal interface IRerankApi
{
    /// <summary>Scores documents by how well they fit a query.</summary>
    [Post("/rerank")]
    Task<IApiResponse<RerankResponse>> CreateAsync(
        [Body(buffered: true)] RerankRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
