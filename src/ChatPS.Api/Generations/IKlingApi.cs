using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of Kling. The root is <c>v1</c> at the vendor and <c>kling/v1</c> at gateways; the kind is <c>text2video</c> or <c>image2video</c>.</summary>
internal interface IKlingApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/{**root}/videos/{kind}")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string root, string kind, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/{**root}/videos/{kind}/{id}")]
    Task<IApiResponse<GenerationAnswer>> LookAsync(string root, string kind, string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
