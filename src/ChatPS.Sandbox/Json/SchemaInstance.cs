using System.Globalization;
using System.Text.Json;

namespace ChatPS.Sandbox.Json;

/// <summary>Makes a small instance that is valid under a JSON schema.</summary>
/// <remarks>
/// Known: type (also several), enum, const, properties, required, items, prefixItems, minItems, numeric bounds and
/// multipleOf, minLength, maxLength, format, $ref into the same schema, allOf, and anyOf or oneOf, of which the first
/// that works is taken. All properties are filled in; an optional one is left out where it would never end. Patterns
/// and conditions are not looked at.
/// </remarks>
internal sealed class SchemaInstance
{
    private const int MaxNodes = 10_000;
    private const int MaxDepth = 60;

    private static readonly string[] AllTypes = ["string", "object", "array", "integer", "number", "boolean", "null"];

    private readonly JsonElement _root;
    private readonly HashSet<string> _openRefs = new(StringComparer.Ordinal);
    private int _nodes;
    private int _depth;

    private SchemaInstance(JsonElement root) => _root = root;

    /// <summary>An instance as plain values; <see langword="null"/> where the schema allows none that can be found.</summary>
    public static object? Create(JsonElement schema) => new SchemaInstance(schema).TryBuild([schema], out object? value) ? value : null;

    // All schemas of the list must hold at once.
    private bool TryBuild(IReadOnlyList<JsonElement> schemas, out object? value)
    {
        value = null;
        if (++_nodes > MaxNodes || _depth >= MaxDepth)
        {
            return false;
        }

        List<string> opened = [];
        _depth++;
        try
        {
            List<JsonElement> facts = [];
            List<JsonElement> choices = [];
            return schemas.All(schema => Flatten(schema, facts, choices, opened)) && TryChoose(facts, choices, 0, out value);
        }
        finally
        {
            _depth--;
            _openRefs.ExceptWith(opened);
        }
    }

    private bool Flatten(JsonElement schema, List<JsonElement> facts, List<JsonElement> choices, List<string> opened)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind != JsonValueKind.False;
        }

        facts.Add(schema);
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            string pointer = reference.GetString() ?? "";
            if (!_openRefs.Add(pointer))
            {
                return opened.Contains(pointer, StringComparer.Ordinal);
            }

            opened.Add(pointer);
            if (!TryResolve(pointer, out JsonElement target) || !Flatten(target, facts, choices, opened))
            {
                return false;
            }
        }

        AddChoices(schema, "anyOf", choices);
        AddChoices(schema, "oneOf", choices);
        return !schema.TryGetProperty("allOf", out JsonElement all)
            || all.EnumerateArray().All(part => Flatten(part, facts, choices, opened));
    }

    private static void AddChoices(JsonElement schema, string keyword, List<JsonElement> choices)
    {
        if (schema.TryGetProperty(keyword, out JsonElement alternatives) && alternatives.ValueKind == JsonValueKind.Array)
        {
            choices.Add(alternatives);
        }
    }

    private bool TryChoose(List<JsonElement> facts, List<JsonElement> choices, int index, out object? value)
    {
        if (index == choices.Count)
        {
            return TryBuildFrom(facts, out value);
        }

        foreach (JsonElement alternative in choices[index].EnumerateArray())
        {
            List<string> opened = [];
            List<JsonElement> moreFacts = [.. facts];
            List<JsonElement> moreChoices = [.. choices];
            try
            {
                if (++_nodes <= MaxNodes
                    && Flatten(alternative, moreFacts, moreChoices, opened)
                    && TryChoose(moreFacts, moreChoices, index + 1, out value))
                {
                    return true;
                }
            }
            finally
            {
                _openRefs.ExceptWith(opened);
            }
        }

        value = null;
        return false;
    }

    private bool TryResolve(string pointer, out JsonElement target)
    {
        target = _root;
        if (pointer.Length == 0 || pointer[0] != '#')
        {
            return false;
        }

        foreach (string part in Uri.UnescapeDataString(pointer).Split('/').Skip(1))
        {
            string name = part.Replace("~1", "/").Replace("~0", "~");
            if (target.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < target.GetArrayLength())
            {
                target = target[index];
            }
            else if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(name, out target))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryBuildFrom(List<JsonElement> facts, out object? value)
    {
        value = null;
        string[] types = TypesOf(facts);
        if (Has(facts, "const", "enum"))
        {
            value = FixedValue(facts, types);
            return value is not null;
        }

        // Null is the last resort, so that an answer shows something.
        foreach (string type in types.OrderBy(static type => type == "null"))
        {
            if (TryBuildType(type, facts, out value))
            {
                return true;
            }
        }

        return false;
    }

    // enum and const: the first value that every schema of the list allows.
    private static object? FixedValue(List<JsonElement> facts, string[] types)
    {
        List<List<JsonElement>> sets = [];
        foreach (JsonElement fact in facts)
        {
            if (fact.TryGetProperty("const", out JsonElement constant))
            {
                sets.Add([constant]);
            }

            if (fact.TryGetProperty("enum", out JsonElement values))
            {
                sets.Add(values.EnumerateArray().ToList());
            }
        }

        return sets[0]
            .Where(item => types.Any(type => IsOfType(item, type)) && sets.TrueForAll(set => set.Exists(other => other.GetRawText() == item.GetRawText())))
            .Cast<object?>()
            .FirstOrDefault();
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

    // The types that every schema of the list allows; the first is the one that the other keywords suggest.
    private static string[] TypesOf(List<JsonElement> facts)
    {
        IEnumerable<string> types = AllTypes;
        foreach (JsonElement fact in facts)
        {
            if (fact.TryGetProperty("type", out JsonElement type))
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

        string suggested = Has(facts, "properties", "required", "additionalProperties") ? "object"
            : Has(facts, "items", "prefixItems", "minItems") ? "array"
            : Has(facts, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? "number"
            : "string";
        return types.OrderBy(type => type != suggested).ToArray();
    }

    private static bool Has(List<JsonElement> facts, params string[] keywords) =>
        facts.Any(fact => keywords.Any(keyword => fact.TryGetProperty(keyword, out _)));

    private bool TryBuildType(string type, List<JsonElement> facts, out object? value)
    {
        switch (type)
        {
            case "object":
                return TryBuildObject(facts, out value);
            case "array":
                return TryBuildArray(facts, out value);
            case "string":
                value = BuildText(facts);
                return true;
            case "integer":
                return TryBuildNumber(facts, isInteger: true, out value);
            case "number":
                return TryBuildNumber(facts, isInteger: false, out value);
            case "boolean":
                value = false;
                return true;
            default:
                value = null;
                return type == "null";
        }
    }

    private bool TryBuildObject(List<JsonElement> facts, out object? value)
    {
        Dictionary<string, object?> members = new(StringComparer.Ordinal);
        HashSet<string> required = new(StringComparer.Ordinal);
        List<string> names = [];
        foreach (JsonElement fact in facts)
        {
            if (fact.TryGetProperty("properties", out JsonElement properties))
            {
                names.AddRange(properties.EnumerateObject().Select(static property => property.Name));
            }

            if (fact.TryGetProperty("required", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
            {
                required.UnionWith(list.EnumerateArray().Select(static item => item.GetString() ?? ""));
            }
        }

        foreach (string name in names.Concat(required).Distinct(StringComparer.Ordinal))
        {
            if (TryBuild(SchemasOf(name, facts), out object? member))
            {
                members.Add(name, member);
            }
            else if (required.Contains(name))
            {
                value = null;
                return false;
            }
        }

        value = members;
        return true;
    }

    private static List<JsonElement> SchemasOf(string name, List<JsonElement> facts)
    {
        List<JsonElement> schemas = [];
        foreach (JsonElement fact in facts)
        {
            if (fact.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out JsonElement schema))
            {
                schemas.Add(schema);
            }
            else if (fact.TryGetProperty("additionalProperties", out JsonElement additional))
            {
                schemas.Add(additional);
            }
        }

        return schemas;
    }

    private bool TryBuildArray(List<JsonElement> facts, out object? value)
    {
        List<object?> items = [];
        value = items;
        int prefixes = facts.Max(static fact => fact.TryGetProperty("prefixItems", out JsonElement prefix) ? prefix.GetArrayLength() : 0);
        int count = (int)Math.Min(MaxNodes, Math.Max(prefixes, Bound(facts, "minItems", Math.Max) ?? 0));
        for (int i = 0; i < count; i++)
        {
            List<JsonElement> schemas = [];
            foreach (JsonElement fact in facts)
            {
                if (fact.TryGetProperty("prefixItems", out JsonElement prefix) && i < prefix.GetArrayLength())
                {
                    schemas.Add(prefix[i]);
                }
                else if (fact.TryGetProperty("items", out JsonElement item))
                {
                    schemas.Add(item);
                }
            }

            if (!TryBuild(schemas, out object? built))
            {
                return false;
            }

            items.Add(built);
        }

        return true;
    }

    private static string BuildText(List<JsonElement> facts)
    {
        string text = Text(facts, "format") switch
        {
            "date-time" => "2024-01-01T00:00:00Z",
            "date" => "2024-01-01",
            "time" => "00:00:00Z",
            "duration" => "P1D",
            "email" => "user@example.com",
            "hostname" => "example.com",
            "ipv4" => "127.0.0.1",
            "ipv6" => "::1",
            "uuid" => "00000000-0000-4000-8000-000000000000",
            "uri" or "url" => "https://example.com/",
            _ => "",
        };
        if (text.Length > 0)
        {
            return text;
        }

        int minimum = (int)Math.Min(MaxNodes, Bound(facts, "minLength", Math.Max) ?? 0);
        int maximum = (int)Math.Min(MaxNodes, Bound(facts, "maxLength", Math.Min) ?? MaxNodes);
        text = "text".PadRight(minimum, 'x');
        return text.Length > maximum ? text.Substring(0, maximum) : text;
    }

    private static string? Text(List<JsonElement> facts, string keyword)
    {
        foreach (JsonElement fact in facts)
        {
            if (fact.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }
        }

        return null;
    }

    // The number nearest to zero within the bounds.
    private static bool TryBuildNumber(List<JsonElement> facts, bool isInteger, out object? value)
    {
        decimal? low = Bound(facts, "minimum", Math.Max);
        decimal? high = Bound(facts, "maximum", Math.Min);
        decimal? above = Bound(facts, "exclusiveMinimum", Math.Max);
        decimal? below = Bound(facts, "exclusiveMaximum", Math.Min);
        decimal? step = Bound(facts, "multipleOf", Math.Max) is { } multiple and > 0 ? multiple : isInteger ? 1 : null;
        decimal? from = low >= above || above is null ? low : above;
        decimal? to = high <= below || below is null ? high : below;
        foreach (decimal candidate in Candidates(from, to, step))
        {
            bool isInside = !(candidate < low) && !(candidate > high) && !(candidate <= above) && !(candidate >= below);
            if (isInside && (!isInteger || candidate == Math.Floor(candidate)))
            {
                value = candidate;
                return true;
            }
        }

        value = null;
        return false;
    }

    private static IEnumerable<decimal> Candidates(decimal? from, decimal? to, decimal? step)
    {
        yield return 0;
        if (step is { } size)
        {
            // With integers and a broken step several multiples may be needed.
            decimal start = Math.Abs((from > 0 ? from : to) ?? 0) < 1e20m ? ((from > 0 ? from : to) ?? 0) / size : 0;
            decimal first = from > 0 ? Math.Ceiling(start) : Math.Floor(start);
            for (int i = 0; i < 100; i++)
            {
                yield return (from > 0 ? first + i : first - i) * size;
            }
        }
        else if (from is { } low && to is { } high)
        {
            yield return low;
            yield return high;
            yield return (low / 2) + (high / 2);
        }
        else
        {
            yield return from ?? to ?? 0;
            yield return from + 1 ?? to - 1 ?? 0;
        }
    }

    private static decimal? Bound(List<JsonElement> facts, string keyword, Func<decimal, decimal, decimal> pick)
    {
        decimal? bound = null;
        foreach (JsonElement fact in facts)
        {
            if (fact.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number))
            {
                bound = bound is { } earlier ? pick(earlier, number) : number;
            }
        }

        return bound;
    }
}
