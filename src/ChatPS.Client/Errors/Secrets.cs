namespace ChatPS.Client;

/// <summary>What must not be shown: the key of a connection, and what stands in headers, query fields and members that are named like keys.</summary>
internal sealed class Secrets
{
    private const int ShortestValue = 8;

    private static readonly string[] Telltales = ["key", "token", "secret", "auth", "password", "credential", "cookie"];

    private readonly ApiKey? _key;
    private readonly Lazy<string[]> _others;

    public Secrets(ConnectionSettings connection, CallSettings settings)
    {
        _key = connection.Key;

        // Asked for once in a call, if at all; most calls add nothing.
        _others = new Lazy<string[]>(() => connection.AdditionalHeader.Count == 0 && settings is { AdditionalHeader: null, AdditionalQuery: null, AdditionalBody: null } ? [] :
        [
            .. new[] { connection.AdditionalHeader, settings.AdditionalHeader, settings.AdditionalQuery }.SelectMany(pairs => pairs ?? new Dictionary<string, string>(StringComparer.Ordinal))
                .Concat((settings.AdditionalBody ?? new Dictionary<string, object?>(StringComparer.Ordinal)).Select(member => new KeyValuePair<string, string>(member.Key, member.Value as string ?? "")))
                .Where(pair => IsNamedLikeOne(pair.Key))
                .Select(pair => Bare(pair.Value))
                .Where(value => value.Length >= ShortestValue)
                .Distinct(StringComparer.Ordinal),
        ]);
    }

    /// <summary>Whether a header, a query field or a member is named as those that hold keys are.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether its value is a secret.</returns>
    public static bool IsNamedLikeOne(string name) => Array.Exists(Telltales, telltale => name.Contains(telltale, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reveals the secrets, to take them out of text.</summary>
    /// <returns>The secrets.</returns>
    public IEnumerable<string> Reveal() => _key is null ? _others.Value : [.. _key.Known, .. _others.Value];

    // "Bearer sk-test-1": the scheme is no secret, and services quote the rest alone.
    private static string Bare(string value) => value.Trim().Split(' ').Last();
}
