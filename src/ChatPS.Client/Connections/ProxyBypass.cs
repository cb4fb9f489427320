using System.Net;
using System.Text.RegularExpressions;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Connections;

/// <summary>The hosts that are called directly: names, endings, wildcards, addresses and networks.</summary>
internal static class ProxyBypass
{
    private const string Parameter = "-ProxyBypass";
    private const string WayOut = "Give names (host), endings (.example.com), wildcards (*.example.com), addresses or networks (10.0.0.0/8).";

    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>Finds entries that mean nothing.</summary>
    /// <param name="entries">What was given.</param>
    /// <exception cref="ChatServiceException">An entry means nothing; it says which.</exception>
    public static void Validate(IReadOnlyList<string> entries)
    {
        if (Split(entries).FirstOrDefault(entry => !IsNetwork(entry) && !entry.All(IsNameCharacter)) is { } wrong)
        {
            throw Failures.Invalid($"{Parameter}: '{ParameterRules.OnOneLine(wrong)}' is neither a host nor a network.", WayOut);
        }
    }

    /// <summary>Whether an address is to be called directly. Names are not looked up: a network covers addresses only.</summary>
    /// <param name="entries">The hosts.</param>
    /// <param name="uri">The address.</param>
    /// <returns>Whether an entry covers it.</returns>
    public static bool Covers(IReadOnlyList<string> entries, Uri uri)
    {
        string host = uri.IdnHost.Trim('[', ']').TrimEnd('.');
        IPAddress? address = IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : null;
        return Split(entries).Any(entry => address is not null && TryParseNetwork(entry, out IPAddress? network, out int bits)
            ? Holds(network, bits, address)
            : IsMatch(entry.Trim('[', ']'), host));
    }

    // One text as in the variable NO_PROXY is fine, too.
    private static IEnumerable<string> Split(IReadOnlyList<string> entries) =>
        entries.SelectMany(entry => entry.Split(Separators, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsMatch(string entry, string host) => entry.StartsWith('.')
        ? host.EndsWith(entry, StringComparison.OrdinalIgnoreCase) || string.Equals(host, entry.Substring(1), StringComparison.OrdinalIgnoreCase)
        : Regex.IsMatch(
            host, $"^{Regex.Escape(entry).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static bool IsNetwork(string entry) => TryParseNetwork(entry, out _, out _);

    // An address alone is a network of one.
    private static bool TryParseNetwork(string entry, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? network, out int bits)
    {
        string[] parts = entry.Split('/');
        bits = 0;
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0].Trim('[', ']'), out network) || (!parts[0].Contains('.', StringComparison.Ordinal) && !parts[0].Contains(':', StringComparison.Ordinal)))
        {
            network = null;
            return false;
        }

        int most = network.GetAddressBytes().Length * 8;
        bits = most;
        return parts.Length == 1 || (int.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out bits) && bits <= most);
    }

    private static bool Holds(IPAddress network, int bits, IPAddress address)
    {
        byte[] wanted = network.GetAddressBytes();
        byte[] given = address.GetAddressBytes();
        return wanted.Length == given.Length
            && Enumerable.Range(0, bits).All(bit => ((wanted[bit / 8] ^ given[bit / 8]) & (0x80 >> (bit % 8))) == 0);
    }

    private static bool IsNameCharacter(char c) => c is '-' or '_' or '.' or '*' || char.IsLetterOrDigit(c);
}
