using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Gpts;

/// <summary>The store of GPTs, as gateways serve it. The paths begin at the root of the service.</summary>
internal interface IGptsApi
{
    /// <summary>Searches the store.</summary>
    [Get("/v2/gpts/search")]
    Task<IApiResponse<GptSearchResponse>> SearchAsync(string query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Gets one GPT.</summary>
    [Get("/v1/gpts/")]
    Task<IApiResponse<GptResponse>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
