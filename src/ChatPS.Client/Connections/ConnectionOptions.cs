using System.Text.Json.Serialization;

namespace ChatPS.Client.Connections;

/// <summary>
/// What is said of a connection: by whoever connects, in the file of a profile, and in the object that is shown. Keys, credentials
/// and certificates are no part of it.
/// </summary>
/// <remarks>An option is declared here, as a parameter of Connect-ChatService, and in <see cref="ChatConnection"/> if it is shown.</remarks>
public record ConnectionOptions
{
    /// <summary>The name of a connection that was not given one.</summary>
    public const string DefaultName = "Default";

    /// <summary>How often a failed request is tried again if nothing else is said.</summary>
    public const int DefaultMaxRetry = 2;

    /// <summary>How large an answer may be if nothing else is said, in megabytes.</summary>
    public const int DefaultMaxResponseSizeMB = 100;

    /// <summary>OpenAI's own address.</summary>
    public static readonly Uri DefaultBaseUri = new("https://api.openai.com/v1");

    /// <summary>How long an attempt may last if nothing else is said. Reasoning models take minutes.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The oldest version of TLS that is spoken if nothing else is said. Older ones are never spoken.</summary>
    public static readonly Version DefaultMinimumTlsVersion = new(1, 2);

    // The options are set and not init, since a generated reader of JSON would overwrite the defaults of what a file leaves out.

    /// <summary>The name to find the connection by.</summary>
    public string Name { get; set; } = DefaultName;

    /// <summary>The provider that the connection was made for; null for an address of the user's own.</summary>
    public string? Provider { get; set; }

    /// <summary>The address, as <see cref="BaseAddress.Parse"/> gives it.</summary>
    public Uri BaseUri { get; set; } = DefaultBaseUri;

    /// <summary>The version of the API that every request names, for services that ask for it; null for none.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>The header that carries the key, instead of the dialect's; null for that.</summary>
    public string? KeyHeader { get; set; }

    /// <summary>The model for calls that name none.</summary>
    public string? Model { get; set; }

    /// <summary>Sent as <c>OpenAI-Organization</c>.</summary>
    public string? Organization { get; set; }

    /// <summary>Sent as <c>OpenAI-Project</c>.</summary>
    public string? Project { get; set; }

    /// <summary>The limit for one attempt, and for the gap between two events of a stream.</summary>
    [JsonPropertyName("timeoutSec")]
    public TimeSpan Timeout { get; set; } = DefaultTimeout;

    /// <summary>How often a failed request is tried again.</summary>
    public int MaxRetry { get; set; } = DefaultMaxRetry;

    /// <summary>The most requests that are started in a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>The most tokens, of prompts and answers, that are asked for in a minute; null for no limit.</summary>
    public int? TokensPerMinute { get; set; }

    /// <summary>Headers that are added to every request. A profile has none that is named like those that hold keys.</summary>
    public IReadOnlyDictionary<string, string> AdditionalHeader { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the key may travel over plain HTTP to another machine.</summary>
    public bool AllowInsecure { get; set; }

    /// <summary>The proxy; null for the system's.</summary>
    public Uri? Proxy { get; set; }

    /// <summary>Whether to go without any proxy.</summary>
    public bool NoProxy { get; set; }

    /// <summary>The hosts that are called without the proxy: names, endings, wildcards, addresses and networks.</summary>
    public IReadOnlyList<string> ProxyBypass { get; set; } = [];

    /// <summary>The oldest version of TLS that is spoken: 1.2 or 1.3.</summary>
    public Version MinimumTlsVersion { get; set; } = DefaultMinimumTlsVersion;

    /// <summary>The most that is read of one answer, in megabytes after decompression.</summary>
    public int MaxResponseSizeMB { get; set; } = DefaultMaxResponseSizeMB;

    /// <summary>A PEM or DER file of certificate authorities that are trusted beside the system's.</summary>
    public string? CertificateAuthorityPath { get; set; }

    /// <summary>The CSV file of prices that the cost of answers is calculated from; null for none.</summary>
    public string? PriceTable { get; set; }

    /// <summary>The file where each call is entered; null for none.</summary>
    public string? LogPath { get; set; }

    /// <summary>What is entered there of prompts and answers: None, Hash or Full.</summary>
    public string LogContent { get; set; } = "Hash";

    /// <summary>Makes the object for users.</summary>
    /// <param name="dialect">The name of the dialect.</param>
    /// <param name="keySource">Where the key comes from, in words.</param>
    /// <param name="profile">The profile that the connection was made from, or that is shown; null for none.</param>
    /// <param name="thumbprint">The thumbprint of the client certificate; null for none.</param>
    /// <param name="isDefault">Whether the connection is the default.</param>
    /// <param name="isIsolated">Whether it belongs to one runspace.</param>
    /// <param name="isConnected">Whether it is there, and not only saved.</param>
    /// <returns>The object.</returns>
    private protected ChatConnection Describe(
        string dialect, string keySource, string? profile, string? thumbprint = null, bool isDefault = false, bool isIsolated = false, bool isConnected = false) => new()
    {
        Name = Name,
        BaseUri = BaseUri,
        Dialect = dialect,
        Provider = Provider,
        Profile = profile,
        Model = Model,
        IsDefault = isDefault,
        IsConnected = isConnected,
        IsIsolated = isIsolated,
        KeySource = keySource,
        Organization = Organization,
        Project = Project,
        TimeoutSec = Timeout.TotalSeconds,
        MaxRetry = MaxRetry,
        RequestsPerMinute = RequestsPerMinute,
        TokensPerMinute = TokensPerMinute,
        AdditionalHeader = [.. AdditionalHeader.Keys],
        AllowInsecure = AllowInsecure,
        Proxy = Proxy,
        ProxyBypass = [.. ProxyBypass],
        CertificateAuthorityPath = CertificateAuthorityPath,
        ClientCertificateThumbprint = thumbprint,
        MinimumTlsVersion = MinimumTlsVersion.ToString(),
        MaxResponseSizeMB = MaxResponseSizeMB,
        PriceTable = PriceTable,
        LogPath = LogPath,
        LogContent = LogContent,
    };
}
