using ChatPS.Client.Faults;

namespace ChatPS.Client.Connections;

/// <summary>Keeps text that users give from becoming a second header.</summary>
internal static class HeaderRules
{
    private const string TokenSymbols = "!#$%&'*+-.^_`|~";

    // Some of them tell where a body ends: whoever may set these can hide one request in another.
    private static readonly string[] Framing = ["Content-Length", "Transfer-Encoding", "Connection", "Upgrade"];

    public static void Check(string name, string? value, string origin)
    {
        if (name.Length == 0 || !name.All(IsTokenCharacter))
        {
            throw Failures.Invalid($"{origin}: '{ParameterRules.OnOneLine(name)}' is not the name of a header.", "A name has letters, digits and - only.");
        }

        if (Framing.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Failures.Invalid($"{origin}: '{name}' is set by the connection itself.", "Leave the header out.");
        }

        CheckValue(value, $"{origin} '{name}'");
        if (value is not null && string.Equals(name, "Host", StringComparison.OrdinalIgnoreCase) && !IsHost(value))
        {
            // It would be sent beside the one of the address, and a server may take either.
            throw Failures.Invalid($"{origin} 'Host': '{value}' is not the name of a host.", "Give a name, with a port behind it if there is one, such as api.example.com:8443.");
        }
    }

    public static void CheckValue(string? value, string origin)
    {
        if (value is not null && value.Any(c => c is (< ' ' and not '\t') or > '~'))
        {
            throw Failures.Invalid($"{origin}: the value holds a line break or another character that no header takes.", "Headers are one line of plain ASCII text.");
        }
    }

    private static bool IsHost(string value) =>
        Uri.TryCreate($"http://{value}/", UriKind.Absolute, out Uri? uri)
        && (string.Equals(uri.Authority, value, StringComparison.OrdinalIgnoreCase) || string.Equals(uri.Authority + ":80", value, StringComparison.OrdinalIgnoreCase));

    private static bool IsTokenCharacter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || TokenSymbols.Contains(c, StringComparison.Ordinal);
}
