namespace ChatPS.Typed;

/// <summary>The pieces that schemas are put together from: plain dictionaries, in the order in which they are written.</summary>
internal static class SchemaParts
{
    public static Dictionary<string, object?> Of(string type, params (string Keyword, object? Value)[] keywords)
    {
        Dictionary<string, object?> schema = new(StringComparer.Ordinal) { ["type"] = type };
        foreach ((string keyword, object? value) in keywords)
        {
            schema[keyword] = value;
        }

        return schema;
    }

    /// <summary>An object as strict services want it: all properties required, no others allowed.</summary>
    /// <param name="properties">The properties.</param>
    /// <returns>The schema.</returns>
    public static Dictionary<string, object?> Object(Dictionary<string, object?> properties) => Of(
        "object", ("properties", properties), ("required", properties.Keys.Cast<object?>().ToList()), ("additionalProperties", false));

    public static Dictionary<string, object?> Object(string name, object? schema) => Object(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = schema });

    public static Dictionary<string, object?> List(Dictionary<string, object?> items) => Of("array", ("items", items));

    // Strict services take no keys that they do not know beforehand.
    public static Dictionary<string, object?> Entries(Dictionary<string, object?> key, Dictionary<string, object?> value) =>
        List(Object(new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = key, ["value"] = value }));

    public static Dictionary<string, object?> AnyScalar() => Any(Of("string"), Of("number"), Of("boolean"), Of("null"));

    public static Dictionary<string, object?> Any(params Dictionary<string, object?>[] alternatives) =>
        new(StringComparer.Ordinal) { ["anyOf"] = alternatives.ToList<object?>() };

    public static Dictionary<string, object?> Reference(string pointer) => new(StringComparer.Ordinal) { ["$ref"] = pointer };

    public static Dictionary<string, object?> Nullable(Dictionary<string, object?> schema)
    {
        if (schema.TryGetValue("anyOf", out object? alternatives) && alternatives is List<object?> list)
        {
            if (!list.OfType<Dictionary<string, object?>>().Any(alternative => alternative.TryGetValue("type", out object? type) && type is "null"))
            {
                list.Add(Of("null"));
            }

            return schema;
        }

        if (!schema.TryGetValue("type", out object? own))
        {
            return Any(schema, Of("null"));
        }

        if (own is string name)
        {
            schema["type"] = new List<object?> { name, "null" };
            if (schema.TryGetValue("enum", out object? values) && values is List<object?> allowed)
            {
                schema["enum"] = allowed.Append(null).ToList();
            }
        }

        return schema;
    }

    /// <summary>Describes a schema; what is said about it already stays in front.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="description">What to say; null for nothing.</param>
    /// <returns>The schema, or one around it where a reference must stand alone.</returns>
    public static Dictionary<string, object?> Describe(Dictionary<string, object?> schema, string? description)
    {
        if (string.IsNullOrWhiteSpace(description))
        {
            return schema;
        }

        Dictionary<string, object?> described = schema.ContainsKey("$ref") ? Any(schema) : schema;
        described["description"] = described.TryGetValue("description", out object? said) ? $"{said} {description!.Trim()}" : description!.Trim();
        return described;
    }
}
