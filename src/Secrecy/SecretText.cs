using System.Text;
using System.Text.RegularExpressions;

namespace ChatPS.Secrecy;

/// <summary>
/// Masks what looks like a secret in text that was meant for people or for a record: members and fields that are named like
/// one, in JSON, in queries and in headers, encoded or not; who calls, in addresses and in headers; and well-known keys.
/// </summary>
internal static class SecretText
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Masked = "****";

    private const int ShortestDoubtful = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Before the host of an address, with and without a scheme. A name alone, as in an address of mail, is none.
    private static readonly Regex UserInfo = new(
        @"(?<=://)[^\s/?#""'<>\\]+@|(?<![^\s""'(=])(?!mailto:)[^\s/:@""'()=]+:[^\s/@""'()]+@(?=[A-Za-z0-9\[])", RegexOptions.CultureInvariant, Patience);

    // The word of a scheme, and what has the letters of a key behind it: "Bearer authentication" has not.
    private static readonly Regex Scheme = new(
        @"\b(?<scheme>Bearer|Basic|ApiKey|Api-Key|Token|Negotiate|SharedKey)(?<gap>\s+|%20|\+)(?=[^\s""',;]*([0-9=/+]|[a-z][A-Z]))[^\s""',;&<>\\]{8,}",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        Patience);

    private static readonly Regex Parts = new(@"\b(?<name>Credential|Signature|SharedAccessSignature|sig)(=|%3D)[^\s""',;&<>]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Patience);

    /// <summary>Masks the secrets in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text; the same where there is none.</returns>
    public static string Mask(string text)
    {
        if (text.Length < ShortestDoubtful)
        {
            return text;
        }

        string masked = NamedValues.Mask(text);
        masked = UserInfo.Replace(masked, Masked + "@");
        masked = Scheme.Replace(masked, "${scheme}${gap}" + Masked);
        masked = Parts.Replace(masked, "${name}=" + Masked);
        masked = KeyShapes.Mask(masked);
        return masked == text ? text : masked;
    }

    /// <summary>Masks the value of a header. The scheme of one that says who is calling stays.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>What may be shown.</returns>
    public static string MaskHeader(string name, string value)
    {
        if (!SecretNames.IsField(name))
        {
            return Mask(value);
        }

        int blank = value.Trim().IndexOf(' ');
        bool isScheme = blank > 0 && name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase);
        return isScheme ? value.Trim().Substring(0, blank + 1) + Masked : Masked;
    }

    /// <summary>Masks the values of a query, or of a form that is written as one.</summary>
    /// <param name="query">Fields and values, between which stand <c>&amp;</c> and <c>=</c>.</param>
    /// <returns>What may be shown.</returns>
    public static string MaskQuery(string query)
    {
        StringBuilder masked = new(query.Length);
        foreach (string field in query.Split('&'))
        {
            int equals = field.IndexOf('=');
            masked.Append(masked.Length > 0 ? "&" : "")
                .Append(equals > 0 && SecretNames.IsField(field.Substring(0, equals)) ? field.Substring(0, equals + 1) + Masked : Mask(field));
        }

        return masked.ToString();
    }

    /// <summary>Whether the value of a member must not be shown.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether it is a secret.</returns>
    public static bool IsSecret(string name, string value) =>
        value.Length > 0 && (SecretNames.IsMember(name) || (SecretNames.IsDoubtful(name) && IsDoubtfulSecret(name, value)));

    // The word of a text is a token, too; and a key is what a table is looked up by.
    private static bool IsDoubtfulSecret(string name, string value) =>
        KeyShapes.IsMarked(value)
        || (name.EndsWith("token", StringComparison.OrdinalIgnoreCase) && value.Length >= ShortestDoubtful && value.Any(char.IsDigit) && !value.Any(char.IsWhiteSpace));
}
