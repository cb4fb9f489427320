using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of Seedance. The root is <c>api/v3</c> at the vendor and <c>volc/v1</c> at gateways.</summary>
internal interface ISeedanceApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/{**root}/contents/generations/tasks")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string root, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/{**root}/contents/generations/tasks/{id}")]
    Task<IApiResponse<GenerationAnswer>> LookAsync(string root, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Stops a task that waits, or deletes one that has ended.</summary>
    [Delete("/{**root}/contents/generations/tasks/{id}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteAsync(string root, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
