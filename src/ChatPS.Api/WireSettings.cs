using System.Net;
using Refit;

namespace ChatPS.Api;

/// <summary>The one place where Refit is set up.</summary>
internal static class WireSettings
{
    /// <summary>Makes the settings of every client.</summary>
    public static RefitSettings Create() => new(new WireSerializer())
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
