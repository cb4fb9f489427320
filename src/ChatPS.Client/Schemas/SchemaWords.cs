namespace ChatPS.Client.Schemas;

/// <summary>Puts what a service refuses in a schema into words, in the description beside it: the model is told, and the answer is checked when it is there.</summary>
internal static class SchemaWords
{
    /// <summary>Makes a schema without what is refused.</summary>
    /// <param name="schema">The whole schema.</param>
    /// <param name="words">Puts a keyword and its value into words; null for what the service takes.</param>
    /// <param name="complete">Adds to each schema what the service wants besides; null for nothing.</param>
    /// <returns>A copy.</returns>
    public static Dictionary<string, object?> Tell(IReadOnlyDictionary<string, object?> schema, Func<string, object?, string?> words, Action<Dictionary<string, object?>>? complete = null)
    {
        Dictionary<string, object?> told = new(StringComparer.Ordinal);
        List<string> said = [];
        foreach (KeyValuePair<string, object?> keyword in schema)
        {
            if (words(keyword.Key, keyword.Value) is { } text)
            {
                said.Add(text);
            }
            else
            {
                told[keyword.Key] = keyword.Key is "properties" or "$defs" ? Each(keyword.Value) : keyword.Key is "enum" or "const" ? keyword.Value : Part(keyword.Value);
            }
        }

        complete?.Invoke(told);
        if (said.Count > 0)
        {
            string added = string.Join("; ", said);
            told["description"] = schema.TryGetValue("description", out object? own) && own is string { Length: > 0 } text ? $"{text} ({added})" : added;
        }

        return told;

        object? Each(object? value) => value is IReadOnlyDictionary<string, object?> members
            ? members.ToDictionary(member => member.Key, member => Part(member.Value), StringComparer.Ordinal)
            : value;

        object? Part(object? value) => value switch
        {
            IReadOnlyDictionary<string, object?> inner => Tell(inner, words, complete),
            IReadOnlyList<object?> parts => parts.Select(Part).ToList(),
            _ => value,
        };
    }
}
