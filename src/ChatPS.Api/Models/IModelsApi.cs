using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Models;

/// <summary>The models of the service.</summary>
internal interface IModelsApi
{
    /// <summary>Lists the models.</summary>
    [Get("/models")]
    Task<IApiResponse<ModelList>> ListAsync(
        [Query] IDictionary<string, string>? query,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Gets one model.</summary>
    [Get("/models/{model}")]
    Task<IApiResponse<Model>> GetAsync(
        string model,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Deletes a fine-tuned model.</summary>
    [Delete("/models/{model}")]
    Task<IApiResponse<ModelDeletion>> DeleteAsync(
        string model,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
