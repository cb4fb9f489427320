using System.Globalization;

namespace ChatPS.Client;

/// <summary>
/// The form of a schema that Anthropic takes. It refuses bounds of numbers and of lists; they are told to the model in the
/// description instead, and checked when the answer is there. It wants objects closed.
/// </summary>
internal static class AnthropicSchema
{
    /// <summary>Makes that form.</summary>
    /// <param name="schema">The whole schema, in strict form.</param>
    /// <returns>A copy without what is refused.</returns>
    public static Dictionary<string, object?> Of(IReadOnlyDictionary<string, object?> schema)
    {
        Dictionary<string, object?> plain = new(StringComparer.Ordinal);
        List<string> words = [];
        foreach (KeyValuePair<string, object?> keyword in schema)
        {
            if (Words(keyword.Key, keyword.Value) is { } said)
            {
                words.Add(said);
            }
            else
            {
                plain[keyword.Key] = keyword.Key is "properties" or "$defs" ? Each(keyword.Value) : keyword.Key is "enum" or "const" ? keyword.Value : Part(keyword.Value);
            }
        }

        if (plain.ContainsKey("properties") && !plain.ContainsKey("additionalProperties"))
        {
            plain["additionalProperties"] = false;
        }

        if (words.Count > 0)
        {
            string added = string.Join("; ", words);
            plain["description"] = schema.TryGetValue("description", out object? own) && own is string { Length: > 0 } text ? $"{text} ({added})" : added;
        }

        return plain;
    }

    private static string? Words(string keyword, object? value) => (keyword, Convert.ToString(value, CultureInfo.InvariantCulture)) switch
    {
        ("minimum", var bound) => $"at least {bound}",
        ("maximum", var bound) => $"at most {bound}",
        ("exclusiveMinimum", var bound) => $"above {bound}",
        ("exclusiveMaximum", var bound) => $"below {bound}",
        ("multipleOf", var step) => $"a multiple of {step}",
        ("minItems", not ("0" or "1") and var count) => $"at least {count} items",
        ("maxItems", var count) => $"at most {count} items",
        _ => null,
    };

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
