namespace ChatPS;

/// <summary>A connection to a service, without its key.</summary>
public sealed class ChatConnection
{
    /// <summary>The name to give to <c>-Connection</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The address that paths such as <c>/chat/completions</c> are added to.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>How the service is spoken to: <c>OpenAI</c>, <c>Anthropic</c>, <c>Gemini</c> and others.</summary>
    public string Dialect { get; init; } = "OpenAI";

    /// <summary>The provider that the connection was made for; null for an address of one's own.</summary>
    public string? Provider { get; init; }

    /// <summary>The profile that the connection was made from, or that is shown; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The model that is used where a command names none.</summary>
    public string? Model { get; init; }

    /// <summary>Whether this is the connection used where a command names none; for a saved one, whether new sessions begin with it.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whether the connection is there, and not only saved.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Whether the connection belongs to this runspace alone.</summary>
    public bool IsIsolated { get; init; }

    /// <summary>Where the key comes from: <c>Parameter</c>, the name of an environment variable, a secret in a vault, <c>Script</c>, or <c>None</c>. The key itself is never shown.</summary>
    public string KeySource { get; init; } = "None";

    /// <summary>The organization that requests are billed to.</summary>
    public string? Organization { get; init; }

    /// <summary>The project that requests are billed to.</summary>
    public string? Project { get; init; }

    /// <summary>How many seconds an attempt, or the gap between two events of a stream, may last.</summary>
    public double TimeoutSec { get; init; }

    /// <summary>How often a failed request is tried again.</summary>
    public int MaxRetry { get; init; }

    /// <summary>The most requests that are started in a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most tokens, of prompts and answers, that are asked for in a minute; null for no limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>The names of the headers that are added to each request.</summary>
    public string[] AdditionalHeader { get; init; } = [];

    /// <summary>Whether a key may travel over plain HTTP to another host.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>The proxy that was named, if one was.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The hosts that are called without the proxy.</summary>
    public string[] ProxyBypass { get; init; } = [];

    /// <summary>The file of certificate authorities that are trusted beside the system's, if one was named.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>The thumbprint of the certificate that tells the service who is calling, if one was given.</summary>
    public string? ClientCertificateThumbprint { get; init; }

    /// <summary>The oldest version of TLS that is spoken: <c>1.2</c> or <c>1.3</c>.</summary>
    public string MinimumTlsVersion { get; init; } = "1.2";

    /// <summary>The most that is read of one answer, in megabytes after decompression.</summary>
    public int MaxResponseSizeMB { get; init; }

    /// <summary>The CSV file of prices that the cost of answers is calculated from, if one was named.</summary>
    public string? PriceTable { get; init; }

    /// <summary>The file where each call is entered, if one was named.</summary>
    public string? LogPath { get; init; }

    /// <summary>What is entered there of prompts and answers: <c>None</c>, <c>Hash</c> or <c>Full</c>.</summary>
    public string LogContent { get; init; } = "Hash";

    /// <inheritdoc />
    public override string ToString() => Name;
}
