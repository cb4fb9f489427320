using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of Veo, as operations of Google's API. Models and operations are given with the collection that they stand in.</summary>
internal interface IVeoApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/v1beta/{**model}:predictLongRunning")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string model, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/v1beta/{**name}")]
    Task<IApiResponse<GenerationAnswer>> LookAsync(string name, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
