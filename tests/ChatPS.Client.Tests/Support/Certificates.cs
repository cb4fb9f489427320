using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ChatPS.Client.Tests;

/// <summary>Certificates that are made for a test.</summary>
internal static class Certificates
{
    public static readonly DateTimeOffset LongAgo = DateTimeOffset.UtcNow.AddYears(-3);

    public static X509Certificate2 Authority(string name = "Test Authority")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-5), DateTimeOffset.UtcNow.AddYears(5));
    }

    /// <summary>Makes a certificate for a name or an address; by default one of today, signed by itself.</summary>
    public static X509Certificate2 For(string name, X509Certificate2? authority = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset begin = from ?? DateTimeOffset.UtcNow.AddDays(-1);
        DateTimeOffset end = to ?? DateTimeOffset.UtcNow.AddDays(30);
        if (authority is null)
        {
            return request.CreateSelfSigned(begin, end);
        }

        using X509Certificate2 signed = request.Create(authority, begin, end, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Writes the public part to a file of PEM.</summary>
    public static string Save(X509Certificate2 certificate)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, certificate.ExportCertificatePem());
        return path;
    }
}
