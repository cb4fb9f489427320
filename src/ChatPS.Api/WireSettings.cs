using System.Net;
using Refit;

namespace ChatPS.Api;

/// <summary>The one place where Refit is set up.</summary>
internal static class WireSettings
{
    /// <summary>Makes the settings of every client.</summary>
    /// <param name="maxResponseBytes">The largest answer that is read, 100 MB by default.</param>
    public static RefitSettings Create(long maxResponseBytes = WireSerializer.DefaultMaxResponseBytes) => new(new WireSerializer(maxResponseBytes))
    {
#if NET8_0_OR_GREATER
        // Where the server offers it, over TLS; plain HTTP is never tried with a version that may also be lower.
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
#endif
    };
}
