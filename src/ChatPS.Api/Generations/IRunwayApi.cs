using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of Runway: at the vendor, at gateways that speak as it does, and at two that have forms of their own.</summary>
[Headers("X-Runway-Version: 2024-11-06")]
internal interface IRunwayApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/{**path}")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string path, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/{**prefix}tasks/{id}")]
    Task<IApiResponse<GenerationAnswer>> FetchAsync(string prefix, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task where its id travels in the body.</summary>
    [Post("/{**prefix}feed")]
    Task<IApiResponse<GenerationAnswer>> FeedAsync(string prefix, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Stops a task that runs, and deletes one that has ended.</summary>
    [Delete("/{**prefix}tasks/{id}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteAsync(string prefix, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
