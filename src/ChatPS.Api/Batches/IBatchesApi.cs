using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Batches;

/// <summary>Batches.</summary>
internal interface IBatchesApi
{
    /// <summary>Starts a batch of the requests in an uploaded file.</summary>
    [Post("/batches")]
    Task<IApiResponse<Batch>> CreateAsync(
        [Body(buffered: true)] BatchRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Lists the batches of the account.</summary>
    [Get("/batches")]
    Task<IApiResponse<BatchList>> ListAsync(
        [Query] IDictionary<string, string>? query,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Gets one batch.</summary>
    [Get("/batches/{id}")]
    Task<IApiResponse<Batch>> GetAsync(
        string id,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Stops a batch.</summary>
    [Post("/batches/{id}/cancel")]
    Task<IApiResponse<Batch>> CancelAsync(
        string id,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
