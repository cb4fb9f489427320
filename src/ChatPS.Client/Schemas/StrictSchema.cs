using System.Globalization;

namespace ChatPS.Client;

/// <summary>
/// The form of a schema that services take in strict mode. They refuse what they cannot hold a model to, lengths and some formats
/// among it; that is told to the model in the description instead, and checked when the answer is there.
/// </summary>
public static class StrictSchema
{
    private static readonly string[] Formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    /// <summary>Makes the strict form.</summary>
    /// <param name="schema">The whole schema.</param>
    /// <returns>A copy without what is refused.</returns>
    public static Dictionary<string, object?> Of(IReadOnlyDictionary<string, object?> schema)
    {
        Dictionary<string, object?> strict = new(StringComparer.Ordinal);
        List<string> words = [];
        foreach (KeyValuePair<string, object?> keyword in schema)
        {
            if (Words(keyword.Key, keyword.Value) is { } said)
            {
                words.Add(said);
            }
            else
            {
                strict[keyword.Key] = keyword.Key is "properties" or "$defs" ? Each(keyword.Value) : keyword.Key is "enum" or "const" ? keyword.Value : Part(keyword.Value);
            }
        }

        if (words.Count > 0)
        {
            string added = string.Join("; ", words);
            strict["description"] = schema.TryGetValue("description", out object? own) && own is string { Length: > 0 } text ? $"{text} ({added})" : added;
        }

        return strict;
    }

    private static string? Words(string keyword, object? value) => keyword switch
    {
        "minLength" => Said("at least", value, "characters"),
        "maxLength" => Said("at most", value, "characters"),
        "uniqueItems" => value is true ? "each item once" : null,
        "contentEncoding" => "encoded as " + value,
        "format" => value is string format && Array.IndexOf(Formats, format) < 0 ? "format: " + format : null,
        _ => null,
    };

    private static string Said(string bound, object? value, string things) => $"{bound} {Convert.ToString(value, CultureInfo.InvariantCulture)} {things}";

    private static object? Each(object? value) => value is IReadOnlyDictionary<string, object?> members
        ? members.ToDictionary(member => member.Key, member => Part(member.Value), StringComparer.Ordinal)
        : value;

    private static object? Part(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> schema => Of(schema),
        IReadOnlyList<object?> parts => parts.Select(Part).ToList(),
        _ => value,
    };
}
