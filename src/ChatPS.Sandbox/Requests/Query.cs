using System.Globalization;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Requests;

/// <summary>The query of an address, read with the API's own complaints.</summary>
internal sealed class Query
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    public Query(string text)
    {
        foreach (string field in text.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = field.IndexOf('=');
            _fields[Decode(equals < 0 ? field : field.Substring(0, equals))] = equals < 0 ? "" : Decode(field.Substring(equals + 1));
        }
    }

    public string? this[string name] => _fields.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The fields of the form <c>name[key]</c>.</summary>
    public Dictionary<string, string> Map(string name) => _fields
        .Where(field => field.Key.StartsWith(name + "[", StringComparison.Ordinal) && field.Key.EndsWith("]", StringComparison.Ordinal))
        .ToDictionary(field => field.Key.Substring(name.Length + 1, field.Key.Length - name.Length - 2), static field => field.Value, StringComparer.Ordinal);

    public string? Choice(string name, params string[] supported) => this[name] is not { } value || supported.Contains(value, StringComparer.Ordinal)
        ? this[name]
        : throw new ApiException(ApiError.WrongValue(name, value, supported));

    public int? Integer(string name, int minimum, int maximum)
    {
        if (this[name] is not { } value)
        {
            return null;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum
            ? number
            : throw new ApiException(ApiError.Invalid(string.Format(CultureInfo.InvariantCulture, "Invalid '{0}': expected an integer from {1} to {2}, but got '{3}' instead.", name, minimum, maximum, value), name, "invalid_value"));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
