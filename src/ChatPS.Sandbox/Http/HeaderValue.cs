using System.Text;

namespace ChatPS.Sandbox.Http;

/// <summary>A header that has parameters, such as <c>form-data; name="file"</c>.</summary>
internal sealed class HeaderValue
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private HeaderValue(string value) => Value = value;

    /// <summary>What stands before the parameters.</summary>
    public string Value { get; }

    public string? this[string parameter] => _parameters.TryGetValue(parameter, out string? value) ? value : null;

    /// <summary>Reads a header; null where it is malformed.</summary>
    public static HeaderValue? Parse(string text)
    {
        List<string> parts = Split(text);
        HeaderValue header = new(parts[0].Trim());
        foreach (string part in parts.Skip(1).Where(static part => !string.IsNullOrWhiteSpace(part)))
        {
            int equals = part.IndexOf('=');
            if (equals <= 0 || Unquote(part.Substring(equals + 1).Trim()) is not { } value)
            {
                return null;
            }

            header._parameters[part.Substring(0, equals).Trim()] = value;
        }

        return header;
    }

    // At semicolons, but not at those between quotes.
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '\\' when isQuoted:
                    i++;
                    break;
                case ';' when !isQuoted:
                    parts.Add(text.Substring(start, i - start));
                    start = i + 1;
                    break;
            }
        }

        parts.Add(text.Substring(start));
        return parts;
    }

    private static string? Unquote(string text)
    {
        if (text.Length == 0 || text[0] != '"')
        {
            return text;
        }

        StringBuilder value = new();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i == text.Length - 1 ? value.ToString() : null;
            }

            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            value.Append(text[i]);
        }

        return null;
    }
}
