using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Music of Suno, as gateways and resellers serve it. What stands before the paths differs between them.</summary>
internal interface ISunoApi
{
    /// <summary>Hands in a task at a gateway.</summary>
    [Post("/{**prefix}submit/{action}")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string prefix, string action, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task of a gateway.</summary>
    [Get("/{**prefix}fetch/{id}")]
    Task<IApiResponse<GenerationAnswer>> FetchAsync(string prefix, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at several tasks of a gateway.</summary>
    [Post("/{**prefix}fetch")]
    Task<IApiResponse<GenerationAnswer>> ListAsync(string prefix, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Hands in a task at a reseller.</summary>
    [Post("/{**path}")]
    Task<IApiResponse<GenerationAnswer>> GenerateAsync(string path, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task of a reseller.</summary>
    [Get("/{**path}/record-info")]
    Task<IApiResponse<GenerationAnswer>> RecordAsync(string path, string taskId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
