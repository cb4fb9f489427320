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
            return TryBuildFrom(new SchemaFacts(facts), out value);
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

    private bool TryBuildFrom(SchemaFacts facts, out object? value)
    {
        if (facts.IsFixed)
        {
            value = facts.FixedValue();
            return value is not null;
        }

        // Null is the last resort, so that an answer shows something.
        foreach (string type in facts.Types().OrderBy(static type => type == "null"))
        {
            if (TryBuildType(type, facts, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    private bool TryBuildType(string type, SchemaFacts facts, out object? value)
    {
        switch (type)
        {
            case "object":
                return TryBuildObject(facts, out value);
            case "array":
                return TryBuildArray(facts, out value);
            case "string":
                value = SchemaScalars.Text(facts);
                return true;
            case "integer":
                return SchemaScalars.TryNumber(facts, isInteger: true, out value);
            case "number":
                return SchemaScalars.TryNumber(facts, isInteger: false, out value);
            case "boolean":
                value = false;
                return true;
            default:
                value = null;
                return type == "null";
        }
    }

    private bool TryBuildObject(SchemaFacts facts, out object? value)
    {
        Dictionary<string, object?> members = new(StringComparer.Ordinal);
        HashSet<string> required = facts.Required();
        foreach (string name in facts.Members().Concat(required).Distinct(StringComparer.Ordinal))
        {
            if (TryBuild(facts.OfMember(name), out object? member))
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

    private bool TryBuildArray(SchemaFacts facts, out object? value)
    {
        List<object?> items = [];
        value = items;
        int count = (int)Math.Min(MaxNodes, Math.Max(facts.PrefixCount, facts.Bound("minItems", Math.Max) ?? 0));
        for (int i = 0; i < count; i++)
        {
            if (!TryBuild(facts.OfItem(i), out object? built))
            {
                return false;
            }

            items.Add(built);
        }

        return true;
    }
}
