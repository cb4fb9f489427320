using System.Text;

namespace ChatPS.Secrecy;

/// <summary>
/// Finds names with values in text of any form: <c>"name": "value"</c>, also within a text of JSON, <c>name=value</c>,
/// <c>name: value</c> and <c>name%3Dvalue</c>.
/// </summary>
internal static class NamedValues
{
    /// <summary>Masks the values of those that are named like secrets.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text; the same where there is none.</returns>
    public static string Mask(string text)
    {
        StringBuilder? masked = null;
        int copied = 0;
        for (int at = 0; at < text.Length; at++)
        {
            int length = SignAt(text, at);
            if (length == 0 || at < copied)
            {
                continue;
            }

            string name = NameBefore(text, at, copied);
            if (name.Length == 0 || !(SecretNames.IsMember(name) || SecretNames.IsDoubtful(name)))
            {
                continue;
            }

            (int start, int end, bool isMeant) = ValueAfter(text, at + length, isField: text[at] != ':');
            string value = text.Substring(start, end - start);
            if (isMeant && (SecretNames.IsMember(name) ? value.Length > 0 : SecretText.IsSecret(name, value)))
            {
                masked ??= new StringBuilder(text.Length);
                masked.Append(text, copied, start - copied).Append(SecretText.Masked);
                copied = end;
            }
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static int SignAt(string text, int at) => text[at] switch
    {
        ':' or '=' => 1,
        '%' when at + 2 < text.Length && text[at + 1] == '3' && text[at + 2] is 'D' or 'd' or 'A' or 'a' => 3,
        _ => 0,
    };

    private static string NameBefore(string text, int at, int from)
    {
        int end = at;
        while (end > from && text[end - 1] is ' ' or '\t')
        {
            end--;
        }

        while (end > from && text[end - 1] is '"' or '\'' or '\\')
        {
            end--;
        }

        int start = end;
        while (start > from && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-' or '%' or '.' or '$'))
        {
            start--;
        }

        // The host of an address and its port are no name and its value.
        return start > 0 && text[at] == ':' && text[start - 1] is '/' or '@' ? "" : text.Substring(start, end - start);
    }

    private static (int Start, int End, bool IsMeant) ValueAfter(string text, int at, bool isField)
    {
        int start = at;
        while (start < text.Length && text[start] is ' ' or '\t')
        {
            start++;
        }

        int quote = start;
        while (quote < text.Length && text[quote] == '\\')
        {
            quote++;
        }

        if (quote < text.Length && text[quote] is '"' or '\'')
        {
            return (quote + 1, QuotedEnd(text, quote, quote - start), true);
        }

        if (text.AsSpan(start).StartsWith("%22".AsSpan(), StringComparison.Ordinal))
        {
            int close = text.IndexOf("%22", start + 3, StringComparison.Ordinal);
            return (start + 3, close < 0 ? text.Length : close, true);
        }

        // In a text without quotes the rest of the line may be a sentence: "Invalid password: it is too short".
        int end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('&' or ';' or ',' or '"' or '\'' or ')' or ']' or '}' or '<' or '>'))
        {
            end++;
        }

        string value = text.Substring(start, end - start);
        return (start, end, value.Length > 0 && value[0] is not ('{' or '[') && (isField || HasLettersOfKeys(value)));
    }

    // Up to the quote that is escaped as often as the first.
    private static int QuotedEnd(string text, int quote, int escapes)
    {
        int slashes = 0;
        for (int at = quote + 1; at < text.Length; at++)
        {
            if (text[at] == text[quote] && (slashes == escapes || (escapes == 0 && slashes % 2 == 0)))
            {
                return at - escapes;
            }

            slashes = text[at] == '\\' ? slashes + 1 : 0;
        }

        return text.Length;
    }

    private static bool HasLettersOfKeys(string value) => value.Any(char.IsDigit) && !value.All(c => char.IsDigit(c) || c is '.' or '-');
}
