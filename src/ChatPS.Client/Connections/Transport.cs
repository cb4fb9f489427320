#if NET8_0_OR_GREATER
using System.Net.Security;
#endif
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ChatPS.Client;

/// <summary>Makes the handler that owns a connection's sockets.</summary>
internal static class Transport
{
    // Long enough for a burst, short enough to notice a service that moved.
    private static readonly TimeSpan PooledConnectionLifetime = TimeSpan.FromMinutes(5);
#if NET8_0_OR_GREATER
    // After its end mark a stream has a few bytes left; one that the user gave up would go on for minutes.
    private static readonly TimeSpan ResponseDrainTimeout = TimeSpan.FromMilliseconds(200);
#endif
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    public static HttpMessageHandler CreateHandler(ConnectionSettings settings)
    {
        X509Certificate2Collection? authorities = settings.CertificateAuthorityPath is { } path ? LoadAuthorities(path) : null;
        bool useProxy = !settings.NoProxy && !(BaseAddress.IsLoopback(settings.BaseUri) && settings.Proxy is null);
        WebProxy? proxy = settings.Proxy is { } address ? new WebProxy(address) { Credentials = settings.ProxyCredential } : null;

#if NET8_0_OR_GREATER
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = PooledConnectionLifetime,
            ResponseDrainTimeout = ResponseDrainTimeout,
            UseCookies = false,
            UseProxy = useProxy,
            Proxy = proxy,
            DefaultProxyCredentials = settings.ProxyCredential ?? CredentialCache.DefaultCredentials,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.None;
        if (authorities is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                IsTrusted(certificate as X509Certificate2, chain, errors == SslPolicyErrors.None, errors == SslPolicyErrors.RemoteCertificateChainErrors, authorities);
        }
#else
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 256,
            SslProtocols = SslProtocols.Tls12,
            UseCookies = false,
            UseProxy = useProxy,
        };
        ServicePointManager.FindServicePoint(settings.BaseUri).ConnectionLeaseTimeout = (int)PooledConnectionLifetime.TotalMilliseconds;
        if (useProxy)
        {
            handler.Proxy = proxy ?? WebRequest.DefaultWebProxy;
            handler.DefaultProxyCredentials = settings.ProxyCredential ?? CredentialCache.DefaultCredentials;
        }

        if (authorities is not null)
        {
#pragma warning disable MA0039 // It adds authorities that the user named, and lets nothing else through.
            handler.ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) =>
                IsTrusted(certificate, chain, errors == System.Net.Security.SslPolicyErrors.None, errors == System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors, authorities);
#pragma warning restore MA0039
        }
#endif
        return handler;
    }

    // Only a chain that ends in one of the given authorities is let through; a wrong name or an expired certificate never is.
    private static bool IsTrusted(X509Certificate2? certificate, X509Chain? chain, bool isFine, bool chainOnly, X509Certificate2Collection authorities)
    {
        if (isFine)
        {
            return true;
        }

        if (!chainOnly || certificate is null || chain is null)
        {
            return false;
        }

        using X509Chain own = new();
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ExtraStore.AddRange(authorities);
        foreach (X509ChainElement element in chain.ChainElements)
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

#if NET8_0_OR_GREATER
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return own.Build(certificate);
#else
        own.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return own.Build(certificate)
            && authorities.Cast<X509Certificate2>().Any(a => a.Thumbprint == own.ChainElements[own.ChainElements.Count - 1].Certificate.Thumbprint);
#endif
    }

    private static X509Certificate2Collection LoadAuthorities(string path)
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
