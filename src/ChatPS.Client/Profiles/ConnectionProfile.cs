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
        if (settings.Key?.Origin?.Script is { } script && ScriptHoldsKey(script))
        {
            throw Failures.Invalid(
                $"The connection '{settings.Name}' is not saved: the script of -ApiKeyScript holds what looks like a key, which would stand in the file.",
                "Let the script fetch the key from where it is kept; or connect with -ApiKeyVariable or -SecretName.");
        }

        if (settings.Key?.Origin?.Identity?.Script is { } asking && ScriptHoldsKey(asking))
        {
            throw Failures.Invalid(
                $"The connection '{settings.Name}' is not saved: the script of -Identity holds what looks like a key, which would stand in the file.",
                "Let the script fetch the token from where it is given.");
        }

        if (settings.Key is { Origin: null })
        {
            leftOut.Add("The key, which was given as a value. Give it each time with -ApiKey; or connect with -ApiKeyVariable, -SecretName or -ApiKeyScript, and save again: those are kept.");
        }

        Dictionary<string, string> kept = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in settings.AdditionalHeader)
        {
            if (WhySecret(header, settings) is { } reason)
            {
                leftOut.Add($"The header '{header.Key}', {reason}. Give it each time with -AdditionalHeader.");
            }
            else
            {
                kept[header.Key] = header.Value;
            }
        }

        if (settings.ProxyCredential is not null)
        {
            leftOut.Add("The credential for the proxy. Give it each time with -ProxyCredential.");
        }

        if (settings.Proxy is { UserInfo.Length: > 0 })
        {
            leftOut.Add("The name and password in the proxy's address. Give them each time with -ProxyCredential.");
        }

        if (settings.Prices is not null && settings.PriceTable is null)
        {
            leftOut.Add("The prices, which were given as values. Give -PriceTable the path of a CSV file, which is kept.");
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
            AdditionalHeader = kept,
            Proxy = settings.Proxy is { UserInfo.Length: > 0 } proxy ? new UriBuilder(proxy) { UserName = "", Password = "" }.Uri : settings.Proxy,
        };
    }

    private static string? WhySecret(KeyValuePair<string, string> header, ConnectionSettings settings) =>
        SecretNames.IsField(header.Key) ? "which is named like one that holds a key"
        : settings.Secrets.Contains(header.Value, StringComparer.Ordinal) ? "which was given as a secure string"
        : LooksLikeKey(header.Value) ? "whose value looks like a key"
        : null;

    // Between quotes, or on a line of its own in a here-string.
    private static bool ScriptHoldsKey(string script) => script.Split(['\'', '"', '\r', '\n']).Any(text => KeyShapes.IsLikely(text.Trim())) || KeyShapes.Mask(script) != script;

    // The ids of tenants and of traces are as long and as mixed as keys are.
    private static bool LooksLikeKey(string value) =>
        value.Split([' ', ',', ';', '=']).Any(word => KeyShapes.IsLikely(word) && !Guid.TryParseExact(word, "D", out _)) || SecretText.Mask(value) != value;

    /// <summary>Tells what is to be known of the profile.</summary>
    /// <param name="isDefault">Whether new sessions begin with it.</param>
    /// <returns>The object for users.</returns>
    public ChatConnection Describe(bool isDefault = false) => Describe(Dialect, Key?.ToString() ?? (HasKey ? "None; give -ApiKey" : "None"), profile: Name, isDefault: isDefault);
}
