using System.Net;
using System.Security.Cryptography.X509Certificates;
using ChatPS.Client.Faults;
using ChatPS.Client.Usage;
using ChatPS.Secrecy;

namespace ChatPS.Client.Connections;

/// <summary>What a connection is made from: what is said of it, and the secrets that go with it.</summary>
public sealed record ConnectionSettings : ConnectionOptions
{
    /// <summary>The name of the connection that the environment variables describe.</summary>
    public const string EnvironmentName = "Environment";

    private static readonly Version Tls13 = new(1, 3);

    private static readonly string[] ProxySchemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>Settings of which nothing is said yet.</summary>
    public ConnectionSettings()
    {
    }

    /// <summary>Settings of which this much is said.</summary>
    /// <param name="options">What is said.</param>
    public ConnectionSettings(ConnectionOptions options)
        : base(options)
    {
    }

    /// <summary>How the service is spoken to.</summary>
    public required Dialect Dialect { get; init; }

    /// <summary>The profile that the connection was made from; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The parameters of Invoke-ChatCompletion that the provider refuses beside those that have no place in its dialect, each with its dash.</summary>
    public IReadOnlyList<string> Unsupported { get; init; } = [];

    /// <summary>How the provider is told how hard to think, where its dialect is OpenAI's.</summary>
    public ReasoningForm Reasoning { get; init; }

    /// <summary>Whether the service tells when its models end, so that calls may look at theirs once a day.</summary>
    public bool TellsRetirement { get; init; }

    /// <summary>The identity of the machine that is exchanged for a key; null for none.</summary>
    public IdentityOrigin? Identity { get; init; }

    /// <summary>Runs the script that gives the token of the identity; null for none.</summary>
    public Func<CancellationToken, IssuedKey>? IdentityScript { get; init; }

    /// <summary>The key; null for servers that ask for none.</summary>
    public ApiKey? Key { get; init; }

    /// <summary>Who to be at the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>The certificate, with its private key, that tells the service who is calling.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Values of headers that were given as secure strings: they are shown and kept nowhere, whatever the header is called.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The prices that the cost of its answers is calculated from, where a call brings none; null for none.</summary>
    public PriceTable? Prices { get; init; }

    /// <summary>Whether a header is named like those that hold keys, or was given as a secure string.</summary>
    public bool HasSecretHeaders => Secrets.Count > 0 || AdditionalHeader.Keys.Any(SecretNames.IsField);

    /// <summary>Gets the service's name for errors: the provider's, else the dialect's.</summary>
    internal string ServiceName => Provider ?? $"A service of the dialect {Dialect.Name}";

    internal string ServiceNameWithin => Provider ?? $"a service of the dialect {Dialect.Name}";

    /// <summary>Gets whether only hosts of the public internet are called, whatever a name leads to.</summary>
    internal bool PublicOnly { get; init; }

    internal long MaxResponseBytes => MaxResponseSizeMB * 1024L * 1024L;

    internal bool RequiresTls13 => MinimumTlsVersion == Tls13;

    /// <summary>Tells what is to be known of the connection; never its key.</summary>
    /// <param name="isDefault">Whether it is the default.</param>
    /// <param name="isIsolated">Whether it belongs to one runspace.</param>
    /// <returns>The object for users.</returns>
    public ChatConnection Describe(bool isDefault, bool isIsolated) => Describe(Dialect.Name, Key?.Source ?? "None", Profile, ClientCertificate?.Thumbprint, isDefault, isIsolated, isConnected: true);

    /// <inheritdoc />
    public override string ToString() => Name;

    /// <summary>Finds the model that a request without one is for.</summary>
    /// <param name="requested">The model that was named, if one was.</param>
    /// <returns>That model, else the connection's, else what OPENAI_MODEL says.</returns>
    /// <exception cref="ChatServiceException">None is named anywhere.</exception>
    internal string ModelFor(string? requested) =>
        requested is { Length: > 0 } ? requested
        : Model is { Length: > 0 } ? Model
        : Environment.GetEnvironmentVariable("OPENAI_MODEL") is { Length: > 0 } model ? model
        : throw Failures.Invalid(
            "No model is named: neither by -Model, nor by the connection, nor by the environment variable OPENAI_MODEL.",
            "Use -Model, Connect-ChatService -Model, or set OPENAI_MODEL. Get-ChatModel lists what there is.");

    /// <summary>Gets whether nobody on the way can read what is sent, or the user does not mind.</summary>
    internal bool IsSafeWay => AllowInsecure || BaseUri.Scheme != "http" || BaseAddress.IsLoopback(BaseUri);

    /// <summary>Finds the prices that hold for a call.</summary>
    /// <param name="call">What the call does otherwise.</param>
    /// <returns>The prices; null for none.</returns>
    public PriceTable? PricesFor(CallSettings call)
    {
        PriceTable? prices = call.Prices ?? Prices ?? call.UsualPrices;
        return call.IsBatch ? prices?.ForBatch() : prices;
    }

    /// <summary>Finds out whether a secret can be sent without others reading it.</summary>
    /// <param name="what">The secret, in words.</param>
    /// <exception cref="ChatServiceException">It would travel over plain HTTP to another machine.</exception>
    internal void RequireSafeWay(string what)
    {
        if (!IsSafeWay)
        {
            throw Failures.Invalid(
                $"{what} would travel to {BaseUri.Host} over plain HTTP, where anyone on the way can read it.",
                "Use https, or -AllowInsecure if the network is trusted.");
        }
    }

    /// <summary>Finds what cannot work before anything is sent.</summary>
    /// <exception cref="ChatServiceException">Something is wrong; it says what.</exception>
    public void Validate()
    {
        if (Key is not null || HasSecretHeaders)
        {
            RequireSafeWay("The key");
        }

        ParameterRules.Timeout(Timeout);
        ParameterRules.AtLeast(MaxRetry, 0, "-MaxRetry");
        ParameterRules.AtLeast(RequestsPerMinute, 1, "-RequestsPerMinute");
        ParameterRules.AtLeast(TokensPerMinute, 1, "-TokensPerMinute");
        foreach (KeyValuePair<string, string> header in AdditionalHeader)
        {
            HeaderRules.Check(header.Key, header.Value, "-AdditionalHeader");
        }

        if (KeyHeader is not null)
        {
            HeaderRules.Check(KeyHeader, "", "-KeyHeader");
        }

        if (Proxy is not null && NoProxy)
        {
            throw Failures.Invalid("-Proxy and -NoProxy were given together.", "Give one of them; -ProxyBypass names hosts that are reached without the proxy.");
        }

        if (LogPath is not null && LogContent is not ("None" or "Hash" or "Full"))
        {
            throw Failures.Invalid($"-LogContent is '{LogContent}'; it must be None, Hash or Full.", "Leave it out for Hash.");
        }

        HeaderRules.CheckValue(ApiVersion, "-ApiVersion");
        HeaderRules.CheckValue(Organization, "-Organization");
        HeaderRules.CheckValue(Project, "-Project");
        ValidateTransport();
    }

    private void ValidateTransport()
    {
        ParameterRules.Range(MaxResponseSizeMB, 1, 2047, "-MaxResponseSizeMB");
        if (MinimumTlsVersion != DefaultMinimumTlsVersion && MinimumTlsVersion != Tls13)
        {
            throw Failures.Invalid($"-MinimumTlsVersion is {MinimumTlsVersion}; it must be 1.2 or 1.3.", "Give 1.2 or 1.3, or leave it out for 1.2. Older versions are not safe.");
        }

        Connections.ProxyBypass.Validate(ProxyBypass);
        if (Proxy is { UserInfo.Length: > 0 })
        {
            // The address itself is not repeated: it holds a password.
            throw Failures.Invalid($"-Proxy: the address of {Proxy.Host} holds credentials.", "Give them to -ProxyCredential.");
        }

        if (Proxy is not null && !ProxySchemes.Contains(Proxy.Scheme, StringComparer.Ordinal))
        {
            throw Failures.Invalid($"-Proxy: '{Proxy}' is not the address of a proxy.", "Write it like http://proxy.example.com:8080.");
        }

        if (ClientCertificate is { HasPrivateKey: false })
        {
            throw Failures.Invalid(
                $"-ClientCertificate: the certificate '{ClientCertificate.Subject}' has no private key here, so it proves nothing.",
                "Give one with its key, from Get-PfxCertificate or from the drive Cert: on Windows.");
        }

        if (ClientCertificate is not null && BaseUri.Scheme != "https")
        {
            throw Failures.Invalid($"-ClientCertificate: {BaseUri.Host} is called over plain HTTP, which takes no certificate.", "Give -BaseUri an address with https.");
        }

        if (CertificateAuthorityPath is not null && !File.Exists(CertificateAuthorityPath))
        {
            throw Failures.Invalid($"-CertificateAuthorityPath: there is no file '{CertificateAuthorityPath}'.", "Give the path of a PEM or DER file.");
        }

        if (CertificateAuthorityPath is not null)
        {
            Transport.LoadAuthorities(CertificateAuthorityPath);
        }
    }
}
