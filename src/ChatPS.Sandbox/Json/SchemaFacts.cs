using System.Text.Json;

namespace ChatPS.Sandbox.Json;

/// <summary>What a value has to be: schemas that must all hold at once, without their references and alternatives.</summary>
internal sealed class SchemaFacts(IReadOnlyList<JsonElement> schemas)
{
    private static readonly string[] AllTypes = ["string", "object", "array", "integer", "number", "boolean", "null"];

    /// <summary>Whether a value is prescribed.</summary>
    public bool IsFixed => Has("const", "enum");

    /// <summary>How many items have a schema of their own.</summary>
    public int PrefixCount => schemas.Max(static schema => schema.TryGetProperty("prefixItems", out JsonElement prefix) ? prefix.GetArrayLength() : 0);

    /// <summary>The types that every schema allows; the first is the one that the other keywords suggest.</summary>
    public string[] Types()
    {
        IEnumerable<string> types = AllTypes;
        foreach (JsonElement schema in schemas)
        {
            if (schema.TryGetProperty("type", out JsonElement type))
            {
                List<string> allowed = type.ValueKind == JsonValueKind.Array
                    ? type.EnumerateArray().Select(static item => item.GetString() ?? "").ToList()
                    : [type.GetString() ?? ""];
                types = allowed.Where(item => types.Contains(item, StringComparer.Ordinal) || (item == "integer" && types.Contains("number", StringComparer.Ordinal)))
                    .Concat(allowed.Contains("number", StringComparer.Ordinal) && types.Contains("integer", StringComparer.Ordinal) ? ["integer"] : [])
                    .Distinct(StringComparer.Ordinal)
                    .ToList();
            }
        }

        string suggested = Has("properties", "required", "additionalProperties") ? "object"
            : Has("items", "prefixItems", "minItems") ? "array"
            : Has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? "number"
            : "string";
        return types.OrderBy(type => type != suggested).ToArray();
    }

    /// <summary>The first value of <c>enum</c> and <c>const</c> that every schema allows; null where there is none.</summary>
    public object? FixedValue()
    {
        string[] types = Types();
        List<List<JsonElement>> sets = [];
        foreach (JsonElement schema in schemas)
        {
            if (schema.TryGetProperty("const", out JsonElement constant))
            {
                sets.Add([constant]);
            }

            if (schema.TryGetProperty("enum", out JsonElement values))
            {
                sets.Add(values.EnumerateArray().ToList());
            }
        }

        return sets[0]
            .Where(item => types.Any(type => IsOfType(item, type)) && sets.TrueForAll(set => set.Exists(other => other.GetRawText() == item.GetRawText())))
            .Cast<object?>()
            .FirstOrDefault();
    }

    /// <summary>The text of a keyword in the first schema that has it.</summary>
    public string? Text(string keyword)
    {
        foreach (JsonElement schema in schemas)
        {
            if (schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }
        }

        return null;
    }

    /// <summary>The number of a keyword; of several the one that <paramref name="pick"/> takes.</summary>
    public decimal? Bound(string keyword, Func<decimal, decimal, decimal> pick)
    {
        decimal? bound = null;
        foreach (JsonElement schema in schemas)
        {
            if (schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number))
            {
                bound = bound is { } earlier ? pick(earlier, number) : number;
            }
        }

        return bound;
    }

    /// <summary>The members that an object must have.</summary>
    public HashSet<string> Required()
    {
        HashSet<string> required = new(StringComparer.Ordinal);
        foreach (JsonElement schema in schemas)
        {
            if (schema.TryGetProperty("required", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
            {
                required.UnionWith(list.EnumerateArray().Select(static item => item.GetString() ?? ""));
            }
        }

        return required;
    }

    /// <summary>The members that are described.</summary>
    public IEnumerable<string> Members() =>
        schemas.SelectMany(static schema => schema.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject().Select(static property => property.Name) : []);

    /// <summary>The schemas of a member.</summary>
    public List<JsonElement> OfMember(string name)
    {
        List<JsonElement> found = [];
        foreach (JsonElement schema in schemas)
        {
            if (schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out JsonElement member))
            {
                found.Add(member);
            }
            else if (schema.TryGetProperty("additionalProperties", out JsonElement additional))
            {
                found.Add(additional);
            }
        }

        return found;
    }

    /// <summary>The schemas of an item of a list.</summary>
    public List<JsonElement> OfItem(int index)
    {
        List<JsonElement> found = [];
        foreach (JsonElement schema in schemas)
        {
            if (schema.TryGetProperty("prefixItems", out JsonElement prefix) && index < prefix.GetArrayLength())
            {
                found.Add(prefix[index]);
            }
            else if (schema.TryGetProperty("items", out JsonElement item))
            {
                found.Add(item);
            }
        }

        return found;
    }

    private static bool IsOfType(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && value.TryGetDecimal(out decimal number) && number == Math.Floor(number)),
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        _ => type == "null",
    };

    private bool Has(params string[] keywords) => schemas.Any(schema => keywords.Any(keyword => schema.TryGetProperty(keyword, out _)));
}
