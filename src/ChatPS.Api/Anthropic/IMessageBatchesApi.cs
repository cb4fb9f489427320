using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Anthropic;

/// <summary>Message Batches as Anthropic made them.</summary>
internal interface IMessageBatchesApi
{
    /// <summary>Starts a batch. The body is <c>{"requests":[…]}</c>, which may be very large.</summary>
    [Post("/messages/batches")]
    Task<IApiResponse<MessageBatch>> CreateAsync([Body] HttpContent body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Lists batches, the youngest first. The query takes <c>limit</c>, <c>after_id</c> and <c>before_id</c>.</summary>
    [Get("/messages/batches")]
    Task<IApiResponse<MessageBatchList>> ListAsync([Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Gets a batch.</summary>
    [Get("/messages/batches/{id}")]
    Task<IApiResponse<MessageBatch>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Stops a batch.</summary>
    [Post("/messages/batches/{id}/cancel")]
    Task<IApiResponse<MessageBatch>> CancelAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a batch that has ended.</summary>
    [Delete("/messages/batches/{id}")]
    Task<IApiResponse<MessageBatch>> DeleteAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Gets the results of a batch, an object a line. The caller disposes the response.</summary>
    [Get("/messages/batches/{id}/results")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> ResultsAsync(
        string id,
        [Header("Range")] string? range,
        [Header("If-Range")] string? ifRange,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
