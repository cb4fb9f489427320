using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of Zhipu: CogVideoX and what else it serves. What stands before the paths differs between gateways and the vendor.</summary>
internal interface IZhipuApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/{**prefix}videos/generations")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string prefix, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/{**prefix}async-result/{id}")]
    Task<IApiResponse<GenerationAnswer>> FetchAsync(string prefix, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
