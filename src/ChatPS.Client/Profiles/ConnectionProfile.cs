using System.Text.Json.Serialization;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Secrecy;

namespace ChatPS.Client.Profiles;

/// <summary>What is kept of a connection: all that is said of it but its key, and where that can be got.</summary>
public sealed record ConnectionProfile : ConnectionOptions
{
    /// <summary>A profile of which nothing is said yet.</summary>
    public ConnectionProfile()
    {
    }

    private ConnectionProfile(ConnectionOptions options)
        : base(options)
    {
    }

    /// <summary>The name of the dialect.</summary>
    public string Dialect { get; set; } = "OpenAI";

    /// <summary>Whether the connection had a key.</summary>
    [JsonIgnore]
    public bool HasKey { get; init; }

    /// <summary>Where the key can be got; null where there is none, or it was given as a value.</summary>
    [JsonIgnore]
    public KeyOrigin? Key { get; init; }

    /// <summary>Makes the profile of a connection.</summary>
    /// <param name="settings">What the connection was made from.</param>
    /// <param name="leftOut">Takes, in words, what is not kept.</param>
    /// <returns>The profile.</returns>
    public static ConnectionProfile From(ConnectionSettings settings, ICollection<string> leftOut)
    {
        if (settings.Key?.Origin?.Script is { } script && script.Split(['\'', '"']).Any(KeyShapes.IsLikely))
        {
            throw Failures.Invalid(
                $"The connection '{settings.Name}' is not saved: the script of -ApiKeyScript holds what looks like a key, which would stand in the file.",
                "Let the script fetch the key from where it is kept; or connect with -ApiKeyVariable or -SecretName.");
        }

        if (settings.Key is { Origin: null })
        {
            leftOut.Add("The key, which was given as a value. Give it each time with -ApiKey; or connect with -ApiKeyVariable, -SecretName or -ApiKeyScript, and save again: those are kept.");
        }

        foreach (string header in settings.AdditionalHeader.Keys.Where(SecretNames.IsField))
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

        return new ConnectionProfile(settings)
        {
            Dialect = settings.Dialect.Name,
            HasKey = settings.Key is not null,
            Key = settings.Key?.Origin,
            AdditionalHeader = settings.AdditionalHeader.Where(header => !SecretNames.IsField(header.Key)).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase),
            Proxy = settings.Proxy is { UserInfo.Length: > 0 } proxy ? new UriBuilder(proxy) { UserName = "", Password = "" }.Uri : settings.Proxy,
        };
    }

    /// <summary>Tells what is to be known of the profile.</summary>
    /// <returns>The object for users.</returns>
    public ChatConnection Describe() => Describe(Dialect, Key?.ToString() ?? (HasKey ? "None; give -ApiKey" : "None"), profile: Name);
}
