using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films as OpenAI took them. The film itself lies at <c>/v1/videos/{id}/content</c>.</summary>
internal interface IOpenAIVideoApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/v1/videos")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync([Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Hands in a task with pictures, which are read as they are sent.</summary>
    [Post("/v1/videos")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync([Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/v1/videos/{id}")]
    Task<IApiResponse<GenerationAnswer>> LookAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes a film of another one.</summary>
    [Post("/v1/videos/{id}/remix")]
    Task<IApiResponse<GenerationAnswer>> RemixAsync(string id, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
