using ChatPS.Api.Generations;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Gemini;

/// <summary>
/// The batch mode of Gemini. A model is given with the collection that it stands in, a batch by its name, such as <c>batches/abc</c>.
/// Batches come as operations, whose <c>error</c> is theirs and not that of the call: the answers are JSON of any form.
/// </summary>
internal interface IGeminiBatchesApi
{
    /// <summary>Starts a batch of requests for content.</summary>
    [Post("/{**model}:batchGenerateContent")]
    Task<IApiResponse<GenerationAnswer>> GenerateAsync(string model, [Body] HttpContent body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Starts a batch of requests for vectors.</summary>
    [Post("/{**model}:asyncBatchEmbedContent")]
    Task<IApiResponse<GenerationAnswer>> EmbedAsync(string model, [Body] HttpContent body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Lists batches. The query takes <c>pageSize</c> and <c>pageToken</c>.</summary>
    [Get("/batches")]
    Task<IApiResponse<GenerationAnswer>> ListAsync([Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Gets a batch, with its results where they are inline.</summary>
    [Get("/{**name}")]
    Task<IApiResponse<GenerationAnswer>> GetAsync(string name, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Stops a batch. The answer is empty.</summary>
    [Post("/{**name}:cancel")]
    Task<IApiResponse<GenerationAnswer>> CancelAsync(string name, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a batch. The answer is empty.</summary>
    [Delete("/{**name}")]
    Task<IApiResponse<GenerationAnswer>> DeleteAsync(string name, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
