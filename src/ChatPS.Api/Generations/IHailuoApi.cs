using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of MiniMax. The root is <c>v1</c> or <c>v2</c> at the vendor and <c>minimax/v1</c> at gateways.</summary>
internal interface IHailuoApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/{**root}/video_generation")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string root, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task of the first version.</summary>
    [Get("/{**root}/query/video_generation")]
    Task<IApiResponse<GenerationAnswer>> QueryAsync(string root, [AliasAs("task_id")] [Query] string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task of the second version.</summary>
    [Get("/{**root}/query/video_generation/{id}")]
    Task<IApiResponse<GenerationAnswer>> LookAsync(string root, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Asks where a file lies.</summary>
    [Get("/{**root}/files/retrieve")]
    Task<IApiResponse<GenerationAnswer>> FileAsync(string root, [AliasAs("file_id")] [Query] string file, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
