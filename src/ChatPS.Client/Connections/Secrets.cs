namespace ChatPS.Client.Connections;

/// <summary>What must not be shown: the key of a connection, and what stands in headers, query fields and members that are named like keys.</summary>
internal sealed class Secrets(ConnectionSettings connection, CallSettings settings)
{
    private const int ShortestValue = 8;
    private const int ShortestMarkedKey = 12;
    private const int ShortestLikelyKey = 20;

    private static readonly string[] KeyBeginnings = ["sk-", "sk_", "gsk_", "xai-", "pk-", "key-", "AIza", "ghp_", "github_pat_", "hf_", "nvapi-", "pplx-", "eyJ"];

    private static readonly string[] SecretWords = ["key", "token", "secret", "auth", "password", "credential", "cookie", "signature"];

    private static readonly char[] Breaks = [' ', ';', ','];

    private string[]? _others;

    /// <summary>Whether a text that was given for something else looks like a key: such a text is not repeated.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it begins as keys do, or is as long and as mixed as they are.</returns>
    public static bool LooksLikeKey(string text) =>
        (text.Length >= ShortestMarkedKey && Array.Exists(KeyBeginnings, beginning => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
        || (text.Length >= ShortestLikelyKey && text.Any(char.IsDigit) && text.Any(char.IsLower) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    /// <summary>Whether a header, a query field or a member is named as those that hold keys are.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether its value is a secret.</returns>
    public static bool IsNamedLikeOne(string name) => Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reveals the secrets, to take them out of text.</summary>
    /// <returns>The secrets.</returns>
    public IEnumerable<string> Reveal()
    {
        // Most calls add nothing.
        _others ??= connection.AdditionalHeader.Count == 0 && settings is { AdditionalHeader: null, AdditionalQuery: null, AdditionalBody: null } ? [] : FindOthers();
        return connection.Key is null ? _others : [.. connection.Key.Known, .. _others];
    }

    private string[] FindOthers() =>
    [
        .. new[] { connection.AdditionalHeader, settings.AdditionalHeader, settings.AdditionalQuery }.SelectMany(pairs => pairs ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .Concat((settings.AdditionalBody ?? new Dictionary<string, object?>(StringComparer.Ordinal)).Select(member => new KeyValuePair<string, string>(member.Key, member.Value as string ?? "")))
            .Where(pair => IsNamedLikeOne(pair.Key))
            .SelectMany(pair => Forms(pair.Value))
            .Where(value => value.Length >= ShortestValue)
            .Distinct(StringComparer.Ordinal),
    ];

    // "Bearer sk-test-1": services quote it whole, its words alone, or as it stands in an address. Short words, such as the scheme, are no secrets.
    private static IEnumerable<string> Forms(string value) =>
        new[] { value.Trim() }.Concat(value.Split(Breaks, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestValue))
            .SelectMany(form => new[] { form, Uri.EscapeDataString(form) })
            .OrderByDescending(form => form.Length);
}
