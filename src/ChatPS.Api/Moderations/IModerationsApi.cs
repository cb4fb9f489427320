using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Moderations;

/// <summary>Moderations.</summary>
internal interface IModerationsApi
{
    /// <summary>Judges texts and images.</summary>
    [Post("/moderations")]
    Task<IApiResponse<ModerationResponse>> CreateAsync(
        [Body(buffered: true)] ModerationRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
