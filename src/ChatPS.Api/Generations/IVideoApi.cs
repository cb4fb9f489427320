using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of any vendor in the one form that a gateway has for all: new-api's, or the older one of others.</summary>
internal interface IVideoApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/v1/video/generations")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync([Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/v1/video/generations/{id}")]
    Task<IApiResponse<GenerationAnswer>> LookAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Hands in a task in the older form.</summary>
    [Post("/v1/video/create")]
    Task<IApiResponse<GenerationAnswer>> CreateAsync([Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task in the older form.</summary>
    [Get("/v1/video/query")]
    Task<IApiResponse<GenerationAnswer>> QueryAsync([Query] string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
