using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Images;

/// <summary>Pictures of Stability: a form, also without files; the answer is the picture itself.</summary>
internal interface IStabilityApi
{
    /// <summary>Makes a picture.</summary>
    [Post("/v2beta/stable-image/generate/{kind}")]
    [Headers("Accept: image/*")]
    Task<HttpResponseMessage> CreateAsync(string kind, [Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
