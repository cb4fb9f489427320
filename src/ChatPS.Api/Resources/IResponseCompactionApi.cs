using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Resources;

/// <summary>Makes long conversations short.</summary>
internal interface IResponseCompactionApi
{
    /// <summary>Makes the items of a conversation few.</summary>
    [Post("/responses/compact")]
    Task<IApiResponse<ResourceAnswer>> CompactAsync([Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
