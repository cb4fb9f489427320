using ChatPS.Client.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPS.Client.Media;

/// <summary>A host that only keeps files: it gets no key, no headers and no query but what is in the address.</summary>
internal sealed class PlainHost : Dialect
{
    private static readonly PlainHost Instance = new();

    private PlainHost()
    {
    }

    public override string Name => "Files";

    internal override string? KeyHeader => null;

    /// <summary>Settings for another host than the service's own: its way out of the network, and nothing that tells who is asking.</summary>
    /// <param name="address">An address of the host.</param>
    /// <param name="service">The settings of the service that named it.</param>
    /// <returns>The settings.</returns>
    public static ConnectionSettings Of(Uri address, ConnectionSettings service) => new()
    {
        Dialect = Instance,
        Name = service.Name,
        BaseUri = new Uri(address.GetLeftPart(UriPartial.Authority)),
        Timeout = service.Timeout,
        MaxRetry = service.MaxRetry,
        Proxy = service.Proxy,
        ProxyCredential = service.ProxyCredential,
        ProxyBypass = service.ProxyBypass,
        NoProxy = service.NoProxy,
        MinimumTlsVersion = service.MinimumTlsVersion,
        CertificateAuthorityPath = service.CertificateAuthorityPath,
        MaxResponseSizeMB = service.MaxResponseSizeMB,
        PublicOnly = !BaseAddress.IsLoopback(service.BaseUri) && !string.Equals(address.IdnHost, service.BaseUri.IdnHost, StringComparison.OrdinalIgnoreCase),
    };

    internal override void AddClient(IServiceCollection services, string httpClient)
    {
        // It has no endpoints.
    }
}
