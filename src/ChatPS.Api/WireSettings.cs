using System.Net;
using System.Text.Json.Serialization;
using Refit;

namespace ChatPS.Api;

/// <summary>The one place where Refit is set up.</summary>
internal static class WireSettings
{
    /// <summary>Makes the settings of a family's client.</summary>
    /// <param name="requests">How its requests are written.</param>
    /// <param name="answers">How its answers are read.</param>
    public static RefitSettings Create(JsonSerializerContext requests, JsonSerializerContext answers) => new(new WireSerializer(requests, answers))
    {
        // As it was thrown: Refit's own exception would carry the request, and with it the key.
        TransportExceptionFactory = static (_, exception, _) => exception,
#if NET8_0_OR_GREATER
        // Where the server offers it, over TLS; plain HTTP is never tried with a version that may also be lower.
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
#endif
    };
}
