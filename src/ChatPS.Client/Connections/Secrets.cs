using ChatPS.Secrecy;

namespace ChatPS.Client.Connections;

/// <summary>What a call must not show: the key of its connection, and what stands in headers, query fields and members that are named like keys.</summary>
internal sealed class Secrets(ConnectionSettings connection, CallSettings settings)
{
    private const int ShortestValue = 8;

    private static readonly char[] Breaks = [' ', ';', ','];

    private string[]? _others;

    /// <summary>Reveals the secrets, to take them out of text.</summary>
    /// <returns>The secrets, the longest forms of each first.</returns>
    public IEnumerable<string> Reveal()
    {
        // Most calls add nothing.
        _others ??= connection.AdditionalHeader.Count == 0 && settings is { Carried: null, AdditionalHeader: null, AdditionalQuery: null, AdditionalBody: null } ? [] : FindOthers();
        return connection.Key is null ? _others : [.. connection.Key.Known, .. _others];
    }

    /// <summary>Finds the fields and members of a call that are named like secrets.</summary>
    /// <param name="settings">What the call adds.</param>
    /// <returns>Where the first one stands, in words; null if there is none.</returns>
    public static string? FirstIn(CallSettings settings) =>
        settings.AdditionalHeader?.Keys.FirstOrDefault(SecretNames.IsField) is { } header ? $"-AdditionalHeader '{header}'"
        : settings.AdditionalQuery?.Keys.FirstOrDefault(SecretNames.IsField) is { } field ? $"-AdditionalQuery '{field}'"
        : settings.AdditionalBody is { } body && OfBody(body).FirstOrDefault() is { Key: { } member } ? $"-AdditionalBody '{member}'"
        : SecretMembers.Of(settings.Carried).FirstOrDefault() is { Key: { } tools } ? $"'{tools}' of a tool"
        : settings.Secrets.Count > 0 ? "A secure string" : null;

    private string[] FindOthers() =>
    [
        .. new[] { connection.AdditionalHeader, settings.AdditionalHeader, settings.AdditionalQuery }.SelectMany(pairs => pairs ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .Where(pair => SecretNames.IsField(pair.Key))
            .Concat(settings.AdditionalBody is { } body ? OfBody(body) : [])
            .Concat(SecretMembers.Of(settings.Carried))
            .Select(pair => pair.Value)
            .Concat(connection.Secrets)
            .Concat(settings.Secrets)
            .SelectMany(Forms)
            .Where(value => value.Length >= ShortestValue)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(form => form.Length),
    ];

    // At the top of a body, a reseller's key is called that and no more.
    private static IEnumerable<KeyValuePair<string, string>> OfBody(IReadOnlyDictionary<string, object?> body) => body
        .Where(member => member.Value is string && SecretNames.IsDoubtful(member.Key))
        .Select(member => new KeyValuePair<string, string>(member.Key, (string)member.Value!))
        .Concat(SecretMembers.Of(body));

    // "Bearer sk-test-1": services quote it whole, its words alone, or as it stands in an address. Short words, such as the scheme, are no secrets.
    private static IEnumerable<string> Forms(string value) =>
        new[] { value.Trim() }.Concat(value.Split(Breaks, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestValue))
            .SelectMany(form => new[] { form, Uri.EscapeDataString(form) });
}
