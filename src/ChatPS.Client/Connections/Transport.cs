#if NET8_0_OR_GREATER
using System.Net.Security;
#endif
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Connections;

/// <summary>Makes the handler that owns a connection's sockets.</summary>
internal static class Transport
{
    // Long enough for a burst, short enough to notice a service that moved.
    private static readonly TimeSpan PooledConnectionLifetime = TimeSpan.FromMinutes(5);
#if NET8_0_OR_GREATER
    // After its end mark a stream has a few bytes left; one that the user gave up would go on for minutes.
    private static readonly TimeSpan ResponseDrainTimeout = TimeSpan.FromMilliseconds(200);
#else
    // .NET Framework 4.7.2 has no name for it; Windows 11 knows it.
    private const SslProtocols Tls13 = (SslProtocols)12288;
#endif
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    public static HttpMessageHandler CreateHandler(ConnectionSettings settings)
    {
        X509Certificate2Collection? authorities = settings.CertificateAuthorityPath is { } path ? LoadAuthorities(path) : null;
        CertificateCheck check = new(authorities);

        // A connection calls one host: whether there is a proxy before it is settled once.
        bool useProxy = !settings.NoProxy && !(BaseAddress.IsLoopback(settings.BaseUri) && settings.Proxy is null) && !ProxyBypass.Covers(settings.ProxyBypass, settings.BaseUri);
        WebProxy? proxy = settings.Proxy is { } address ? new WebProxy(address) { Credentials = settings.ProxyCredential } : null;

#if NET8_0_OR_GREATER
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = PooledConnectionLifetime,
            ResponseDrainTimeout = ResponseDrainTimeout,
            UseCookies = false,
            UseProxy = useProxy,
            Proxy = proxy,
            DefaultProxyCredentials = settings.ProxyCredential ?? CredentialCache.DefaultCredentials,
        };
        handler.SslOptions.EnabledSslProtocols = settings.RequiresTls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
        handler.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
            check.Find(((SslStream)sender).TargetHostName, certificate as X509Certificate2, chain, errors) is { } wrong ? throw wrong : true;
        if (settings.PublicOnly)
        {
            handler.AutomaticDecompression = DecompressionMethods.None;
            handler.ConnectCallback = PublicAddress.ConnectAsync;
        }

        if (settings.ClientCertificate is { } own)
        {
            // Whatever authorities the server names: the user chose this one.
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
        }
#else
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 256,
            SslProtocols = settings.RequiresTls13 ? Tls13 : SslProtocols.Tls12,
            UseCookies = false,
            UseProxy = useProxy,
        };
        ServicePointManager.FindServicePoint(settings.BaseUri).ConnectionLeaseTimeout = (int)PooledConnectionLifetime.TotalMilliseconds;
        if (useProxy)
        {
            handler.Proxy = proxy ?? WebRequest.DefaultWebProxy;
            handler.DefaultProxyCredentials = settings.ProxyCredential ?? CredentialCache.DefaultCredentials;
        }

        if (settings.ClientCertificate is { } own)
        {
            handler.ClientCertificates.Add(own);
        }

        if (authorities is not null)
        {
#pragma warning disable MA0039 // It adds authorities that the user named, and lets nothing else through.
            handler.ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) =>
                check.Find(settings.BaseUri.Host, certificate, chain, errors) is null;
#pragma warning restore MA0039
        }
#endif
        return handler;
    }

    /// <summary>Reads certificate authorities.</summary>
    /// <param name="path">A PEM or DER file.</param>
    /// <returns>The certificates in it.</returns>
    /// <exception cref="ChatServiceException">The file holds none.</exception>
    public static X509Certificate2Collection LoadAuthorities(string path)
    {
        X509Certificate2Collection authorities = [];
        try
        {
#if NET8_0_OR_GREATER
            authorities.ImportFromPemFile(path);
            if (authorities.Count == 0)
            {
                authorities.Import(path);
            }
#else
            authorities.Import(path);
#endif
        }
        catch (System.Security.Cryptography.CryptographicException exception)
        {
            throw Failures.Invalid($"-CertificateAuthorityPath: '{path}' holds no certificate.", "Give a PEM or DER file of certificates.", exception);
        }

        return authorities;
    }
}
