using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of Vidu. The root is <c>ent/v2</c> at the vendor, which wants <see cref="CallProperty.Token"/> before the key, and <c>vidu/ent/v2</c> at gateways.</summary>
internal interface IViduApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/{**root}/{kind}")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(
        string root, string kind, [Body(buffered: true)] GenerationBody body, [Header("Authorization")] string? word, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Get("/{**root}/tasks/{id}/creations")]
    Task<IApiResponse<GenerationAnswer>> LookAsync(string root, string id, [Header("Authorization")] string? word, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
