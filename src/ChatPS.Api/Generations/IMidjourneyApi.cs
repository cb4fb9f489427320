using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Tasks of Midjourney, as its proxies serve them. A mode, such as <c>mj-fast/</c>, stands before the paths.</summary>
internal interface IMidjourneyApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/{**mode}mj/{**action}")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string mode, string action, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/mj/task/{id}/fetch")]
    Task<IApiResponse<GenerationAnswer>> FetchAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at several tasks.</summary>
    [Post("/mj/task/list-by-condition")]
    Task<IApiResponse<GenerationAnswer>> ListAsync([Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Asks for the seed of a task's picture.</summary>
    [Get("/mj/task/{id}/image-seed")]
    Task<IApiResponse<GenerationAnswer>> SeedAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Stops a task.</summary>
    [Post("/mj/task/{id}/cancel")]
    Task<IApiResponse<GenerationAnswer>> CancelAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
