using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Embeddings;

/// <summary>The vectors of texts, in the forms of several vendors: an address and a body each, and answers that differ little.</summary>
internal interface IEmbeddingsApi
{
    /// <summary>Asks for vectors. The path may begin with <c>..</c>, where a vendor's form lies beside the base address.</summary>
    [Post("/{**path}")]
    Task<IApiResponse<EmbeddingsResponse>> CreateAsync(
        string path,
        [Body(buffered: true)] ApiRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks an Azure deployment. The query must hold <c>api-version</c>.</summary>
    [Post("/deployments/{deployment}/embeddings")]
    Task<IApiResponse<EmbeddingsResponse>> CreateAtDeploymentAsync(
        string deployment,
        [Body(buffered: true)] ApiRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks Gemini, which is given the model with its collection, such as <c>models/gemini-embedding-001</c>.</summary>
    [Post("/{**model}:batchEmbedContents")]
    Task<IApiResponse<EmbeddingsResponse>> CreateByModelAsync(
        string model,
        [Body(buffered: true)] ApiRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
