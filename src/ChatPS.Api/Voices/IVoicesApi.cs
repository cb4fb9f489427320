using ChatPS.Api.Resources;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Voices;

/// <summary>Voices of one's own, and the recordings by which their owners agree.</summary>
internal interface IVoicesApi
{
    /// <summary>Lists consents.</summary>
    [Get("/audio/voice_consents")]
    Task<IApiResponse<ResourceAnswer>> ListConsentsAsync([Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Sends a recording in which somebody agrees.</summary>
    [Post("/audio/voice_consents")]
    Task<IApiResponse<ResourceAnswer>> CreateConsentAsync([Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a consent.</summary>
    [Get("/audio/voice_consents/{id}")]
    Task<IApiResponse<ResourceAnswer>> GetConsentAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Changes the name of a consent.</summary>
    [Post("/audio/voice_consents/{id}")]
    Task<IApiResponse<ResourceAnswer>> UpdateConsentAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a consent.</summary>
    [Delete("/audio/voice_consents/{id}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteConsentAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes a voice of a recording.</summary>
    [Post("/audio/voices")]
    Task<IApiResponse<ResourceAnswer>> CreateAsync([Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
