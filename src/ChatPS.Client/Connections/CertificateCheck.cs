using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ChatPS.Client.Connections;

/// <summary>
/// Decides whether a server's certificate is accepted. The system's judgement stands, except that a chain may also end in one
/// of the authorities that the user named; a wrong name or a time that is over is never let through.
/// </summary>
/// <param name="authorities">Authorities to trust beside the system's.</param>
internal sealed class CertificateCheck(X509Certificate2Collection? authorities)
{
    /// <summary>Looks at a certificate.</summary>
    /// <param name="host">The name that was called.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="chain">The chain that the system built.</param>
    /// <param name="errors">What the system found.</param>
    /// <returns>What is wrong, or null.</returns>
    public CertificateException? Find(string host, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (certificate is null || chain is null)
        {
            return new CertificateException($"{host} sent no certificate.", "Check the address: a service with TLS shows a certificate.");
        }

        X509ChainStatusFlags flaws = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? Flaws(certificate, chain) : X509ChainStatusFlags.NoError;
        bool isOther = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        return flaws == X509ChainStatusFlags.NoError && !isOther ? null : Describe(host, certificate, flaws, isOther);
    }

    private static CertificateException Describe(string host, X509Certificate2 certificate, X509ChainStatusFlags flaws, bool isOther)
    {
        List<string> wrong = [];
        List<string> advice = [];
        if (isOther)
        {
            wrong.Add($"is for {Names(certificate)}, not for {host}");
            advice.Add("Connect to a name that the certificate is for.");
        }

        if (flaws.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            wrong.Add(When(certificate));
            advice.Add("The service has to renew it, unless the clock of this machine is wrong.");
        }

        if (flaws.HasFlag(X509ChainStatusFlags.UntrustedRoot) || flaws.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            wrong.Add(certificate.Subject == certificate.Issuer ? "is self-signed and not trusted here" : $"comes from an authority that is not trusted here ({certificate.Issuer})");
            advice.Add("If the authority is your own, give its certificate to Connect-ChatService -CertificateAuthorityPath.");
        }

        X509ChainStatusFlags others = flaws & ~(X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotTimeValid);
        if (others != X509ChainStatusFlags.NoError)
        {
            wrong.Add($"is not valid ({others})");
            advice.Add("Ask those who run the service, or the proxy before it, about their certificate.");
        }

        return new CertificateException($"the certificate of {host} {string.Join(", and ", wrong)}.", string.Join(" ", advice));
    }

    private static string When(X509Certificate2 certificate)
    {
        DateTime end = certificate.NotAfter.ToUniversalTime();
        DateTime begin = certificate.NotBefore.ToUniversalTime();
        return end < DateTime.UtcNow ? $"expired on {Text(end)}"
            : begin > DateTime.UtcNow ? $"is not valid before {Text(begin)}"
            : "has an expired authority";
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Names(X509Certificate2 certificate)
    {
#if NET8_0_OR_GREATER
        string[] names =
        [
            .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))),
        ];
        return names.Length > 0 ? string.Join(", ", names) : certificate.Subject;
#else
        return certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
#endif
    }

    // What is left to find fault with once the user's own authorities count.
    private X509ChainStatusFlags Flaws(X509Certificate2 certificate, X509Chain chain)
    {
        if (authorities is null)
        {
            return Combine(chain);
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
        return own.Build(certificate) ? X509ChainStatusFlags.NoError : Combine(own);
#else
        own.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return !own.Build(certificate) ? Combine(own)
            : authorities.Cast<X509Certificate2>().Any(a => a.Thumbprint == own.ChainElements[own.ChainElements.Count - 1].Certificate.Thumbprint) ? X509ChainStatusFlags.NoError
            : X509ChainStatusFlags.UntrustedRoot;
#endif
    }

    private static X509ChainStatusFlags Combine(X509Chain chain) => chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
}
