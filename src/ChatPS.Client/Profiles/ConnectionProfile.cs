using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Profiles;

/// <summary>What is kept of a connection: all but its key, and where that can be got.</summary>
public sealed record ConnectionProfile
{
    /// <summary>The name of the profile, and of connections that are made from it.</summary>
    public required string Name { get; init; }

    /// <summary>The provider; null for an address of the user's own.</summary>
    public string? Provider { get; init; }

    /// <summary>The name of the dialect.</summary>
    public string Dialect { get; init; } = "OpenAI";

    /// <summary>The address.</summary>
    public required Uri BaseUri { get; init; }

    /// <summary>The version of the API that requests name; null for none.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The header that carries the key; null for the dialect's.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>Whether the connection had a key.</summary>
    public bool HasKey { get; init; }

    /// <summary>Where the key can be got; null where there is none, or it was given as a value.</summary>
    public KeyOrigin? Key { get; init; }

    /// <summary>The model for calls that name none.</summary>
    public string? Model { get; init; }

    /// <summary>Sent as <c>OpenAI-Organization</c>.</summary>
    public string? Organization { get; init; }

    /// <summary>Sent as <c>OpenAI-Project</c>.</summary>
    public string? Project { get; init; }

    /// <summary>The limit for one attempt, in seconds; null for the default.</summary>
    public double? TimeoutSec { get; init; }

    /// <summary>How often a failed request is tried again; null for the default.</summary>
    public int? MaxRetry { get; init; }

    /// <summary>The most requests that are started in a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most tokens that are asked for in a minute; null for no limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Headers that are added to every request; none that is named like those that hold keys.</summary>
    public IReadOnlyDictionary<string, string> AdditionalHeader { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the key may travel over plain HTTP to another machine.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>The proxy; null for the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether to go without any proxy.</summary>
    public bool NoProxy { get; init; }

    /// <summary>Hosts that are reached without the proxy.</summary>
    public IReadOnlyList<string> ProxyBypass { get; init; } = [];

    /// <summary>The oldest version of TLS to accept, such as 1.3; null for the default.</summary>
    public string? MinimumTlsVersion { get; init; }

    /// <summary>How large an answer may be, in megabytes; null for the default.</summary>
    public int? MaxResponseSizeMB { get; init; }

    /// <summary>A file of certificate authorities that are trusted beside the system's.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>Makes the profile of a connection.</summary>
    /// <param name="settings">What the connection was made from.</param>
    /// <param name="leftOut">Takes, in words, what is not kept.</param>
    /// <returns>The profile.</returns>
    public static ConnectionProfile From(ConnectionSettings settings, ICollection<string> leftOut)
    {
        if (settings.Key?.Origin?.Script is { } script && script.Split(['\'', '"']).Any(Secrets.LooksLikeKey))
        {
            throw Failures.Invalid(
                $"The connection '{settings.Name}' is not saved: the script of -ApiKeyScript holds what looks like a key, which would stand in the file.",
                "Let the script fetch the key from where it is kept; or connect with -ApiKeyVariable or -SecretName.");
        }

        if (settings.Key is { Origin: null })
        {
            leftOut.Add("The key, which was given as a value. Give it each time with -ApiKey; or connect with -ApiKeyVariable, -SecretName or -ApiKeyScript, and save again: those are kept.");
        }

        foreach (string header in settings.AdditionalHeader.Keys.Where(Secrets.IsNamedLikeOne))
        {
            leftOut.Add($"The header '{header}', which is named like one that holds a key. Give it each time with -AdditionalHeader.");
        }

        if (settings.ProxyCredential is not null)
        {
            leftOut.Add("The credential for the proxy. Give it each time with -ProxyCredential.");
        }

        if (settings.Proxy is { UserInfo.Length: > 0 })
        {
            leftOut.Add("The name and password in the proxy's address. Give them each time with -ProxyCredential.");
        }

        if (settings.ClientCertificate is not null)
        {
            leftOut.Add("The client certificate. Give it each time with -ClientCertificate.");
        }

        return new ConnectionProfile
        {
            Name = settings.Name,
            Provider = settings.Provider,
            Dialect = settings.Dialect.Name,
            BaseUri = settings.BaseUri,
            ApiVersion = settings.ApiVersion,
            KeyHeader = settings.KeyHeader,
            HasKey = settings.Key is not null,
            Key = settings.Key?.Origin,
            Model = settings.Model,
            Organization = settings.Organization,
            Project = settings.Project,
            TimeoutSec = settings.Timeout.TotalSeconds,
            MaxRetry = settings.MaxRetry,
            RequestsPerMinute = settings.RequestsPerMinute,
            TokensPerMinute = settings.TokensPerMinute,
            AdditionalHeader = settings.AdditionalHeader.Where(header => !Secrets.IsNamedLikeOne(header.Key)).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase),
            AllowInsecure = settings.AllowInsecure,
            Proxy = settings.Proxy is { UserInfo.Length: > 0 } proxy ? new UriBuilder(proxy) { UserName = "", Password = "" }.Uri : settings.Proxy,
            NoProxy = settings.NoProxy,
            ProxyBypass = settings.ProxyBypass,
            MinimumTlsVersion = settings.MinimumTlsVersion.ToString(),
            MaxResponseSizeMB = settings.MaxResponseSizeMB,
            CertificateAuthorityPath = settings.CertificateAuthorityPath,
        };
    }

    /// <summary>Tells what is to be known of the profile.</summary>
    /// <returns>The object for users.</returns>
    public ChatConnection Describe() => new()
    {
        Name = Name,
        Profile = Name,
        BaseUri = BaseUri,
        Dialect = Dialect,
        Provider = Provider,
        Model = Model,
        KeySource = Key?.ToString() ?? (HasKey ? "None; give -ApiKey" : "None"),
        Organization = Organization,
        Project = Project,
        TimeoutSec = TimeoutSec ?? ConnectionSettings.DefaultTimeout.TotalSeconds,
        MaxRetry = MaxRetry ?? ConnectionSettings.DefaultMaxRetry,
        RequestsPerMinute = RequestsPerMinute,
        TokensPerMinute = TokensPerMinute,
        AdditionalHeader = [.. AdditionalHeader.Keys],
        AllowInsecure = AllowInsecure,
        Proxy = Proxy,
        ProxyBypass = [.. ProxyBypass],
        CertificateAuthorityPath = CertificateAuthorityPath,
        MinimumTlsVersion = MinimumTlsVersion ?? ConnectionSettings.DefaultMinimumTlsVersion.ToString(),
        MaxResponseSizeMB = MaxResponseSizeMB ?? ConnectionSettings.DefaultMaxResponseSizeMB,
    };
}
