using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of Luma. What stands before the paths differs between gateways and the vendor.</summary>
internal interface ILumaApi
{
    /// <summary>Hands in a task; the vendor wants to know its kind, such as <c>/video</c>, and gateways nothing.</summary>
    [Post("/{**prefix}generations{**kind}")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string prefix, string kind, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Goes on from the film of a task.</summary>
    [Post("/{**prefix}generations/{id}/extend")]
    Task<IApiResponse<GenerationAnswer>> ExtendAsync(string prefix, string id, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/{**prefix}generations/{id}")]
    Task<IApiResponse<GenerationAnswer>> FetchAsync(string prefix, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a task, whatever it is at.</summary>
    [Delete("/{**prefix}generations/{id}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteAsync(string prefix, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
