using System.Net;

namespace ChatPS.Client;

/// <summary>What a connection is made from.</summary>
public sealed class ConnectionSettings
{
    /// <summary>The name of a connection that was not given one.</summary>
    public const string DefaultName = "Default";

    /// <summary>How often a failed request is tried again if nothing else is said.</summary>
    public const int DefaultMaxRetry = 2;

    /// <summary>How long an attempt may last if nothing else is said. Reasoning models take minutes.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The name to find the connection by.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The address, as <see cref="BaseAddress.Parse"/> gives it.</summary>
    public Uri BaseUri { get; init; } = BaseAddress.OpenAI;

    /// <summary>How the service is spoken to.</summary>
    public Dialect Dialect { get; init; } = Dialects.OpenAI;

    /// <summary>The provider that the connection was made for; null for an address of the user's own.</summary>
    public string? Provider { get; init; }

    /// <summary>The profile that the connection was made from; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The parameters of Invoke-ChatCompletion that the provider refuses beside those that have no place in its dialect, each with its dash.</summary>
    public IReadOnlyList<string> Unsupported { get; init; } = [];

    /// <summary>The header that carries the key, instead of the dialect's; null for that.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>Gets the service's name for errors: the provider's, else the dialect's.</summary>
    internal string ServiceName => Provider ?? $"A service of the dialect {Dialect.Name}";

    /// <summary>The key; null for servers that ask for none.</summary>
    public ApiKey? Key { get; init; }

    /// <summary>The model for calls that name none.</summary>
    public string? Model { get; init; }

    /// <summary>Sent as <c>OpenAI-Organization</c>.</summary>
    public string? Organization { get; init; }

    /// <summary>Sent as <c>OpenAI-Project</c>.</summary>
    public string? Project { get; init; }

    /// <summary>The limit for one attempt, and for the gap between two events of a stream.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How often a failed request is tried again.</summary>
    public int MaxRetry { get; init; } = DefaultMaxRetry;

    /// <summary>The most requests that are started in a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most tokens, of prompts and answers, that are asked for in a minute; null for no limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Headers that are added to every request.</summary>
    public IReadOnlyDictionary<string, string> AdditionalHeader { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the key may travel over plain HTTP to another machine.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>The proxy; null for the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Who to be at the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Whether to go without any proxy.</summary>
    public bool NoProxy { get; init; }

    /// <summary>A PEM or DER file of certificate authorities that are trusted beside the system's.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>Finds out whether a secret can be sent without others reading it.</summary>
    /// <param name="what">The secret, in words.</param>
    /// <exception cref="ChatServiceException">It would travel over plain HTTP to another machine.</exception>
    internal void RequireSafeWay(string what)
    {
        if (!AllowInsecure && BaseUri.Scheme == "http" && !BaseAddress.IsLoopback(BaseUri))
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
        if (Key is not null || AdditionalHeader.Keys.Any(Secrets.IsNamedLikeOne))
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

        HeaderRules.CheckValue(Organization, "-Organization");
        HeaderRules.CheckValue(Project, "-Project");
        if (CertificateAuthorityPath is not null && !File.Exists(CertificateAuthorityPath))
        {
            throw Failures.Invalid($"-CertificateAuthorityPath: there is no file '{CertificateAuthorityPath}'.", "Give the path of a PEM or DER file.");
        }
    }
}
