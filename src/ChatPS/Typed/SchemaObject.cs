using System.Globalization;

namespace ChatPS.Typed;

/// <summary>
/// Builds objects from a plain answer as its schema describes them: properties in the schema's order, and what has a format that
/// .NET has a type for as that type.
/// </summary>
/// <param name="root">The whole schema, into which references lead.</param>
/// <param name="make">Makes an object of its properties.</param>
internal sealed class SchemaObject(IReadOnlyDictionary<string, object?> root, Func<IReadOnlyList<KeyValuePair<string, object?>>, object> make)
{
    private const int MostReferences = 50;
    private static readonly string[] Combinations = ["allOf", "anyOf", "oneOf"];

    /// <summary>Converts a value.</summary>
    /// <param name="value">The plain value.</param>
    /// <param name="schema">The part of the schema that is about it.</param>
    /// <returns>An object, an array or a value.</returns>
    public object? Convert(object? value, IReadOnlyDictionary<string, object?> schema) => Convert(value, [schema]);

    // All of the schemas speak of the value.
    private object? Convert(object? value, IReadOnlyList<IReadOnlyDictionary<string, object?>> schemas)
    {
        List<IReadOnlyDictionary<string, object?>> facts = [];
        foreach (IReadOnlyDictionary<string, object?> schema in schemas)
        {
            Collect(schema, value, facts, 0);
        }

        return value switch
        {
            Dictionary<string, object?> members => make([.. Members(members, facts)]),
            List<object?> items => items.Select((item, index) => Convert(item, [.. facts.Select(fact => Item(fact, index)).OfType<IReadOnlyDictionary<string, object?>>()])).ToArray(),
            string text => facts.Select(fact => fact.TryGetValue("format", out object? format) ? format as string : null).FirstOrDefault(format => format is not null) is { } known ? Scalar.Formatted(known, text) : text,
            double number when facts.Exists(fact => Has(fact, "integer")) && number % 1 == 0 && Math.Abs(number) < 9e15 => (long)number,
            _ => value,
        };
    }

    private void Collect(IReadOnlyDictionary<string, object?> schema, object? value, List<IReadOnlyDictionary<string, object?>> facts, int hops)
    {
        if (hops > MostReferences)
        {
            return;
        }

        facts.Add(schema);
        if (schema.TryGetValue("$ref", out object? reference) && Resolve(reference as string) is { } target)
        {
            Collect(target, value, facts, hops + 1);
        }

        foreach (string keyword in Combinations)
        {
            IEnumerable<IReadOnlyDictionary<string, object?>> parts = schema.TryGetValue(keyword, out object? list) && list is IEnumerable<object?> alternatives ? alternatives.OfType<IReadOnlyDictionary<string, object?>>() : [];
            foreach (IReadOnlyDictionary<string, object?> part in keyword == "allOf" ? parts : parts.Where(part => Fits(part, value, 0)).Take(1))
            {
                Collect(part, value, facts, hops + 1);
            }
        }
    }

    // Only as much as tells alternatives apart; that the answer is valid is known by now.
    private bool Fits(IReadOnlyDictionary<string, object?> schema, object? value, int hops)
    {
        if (schema.TryGetValue("$ref", out object? reference))
        {
            return hops < MostReferences && Resolve(reference as string) is { } target && Fits(target, value, hops + 1);
        }

        return (!schema.ContainsKey("type") || Array.Exists(TypesOf(value), type => Has(schema, type)))
            && (!schema.TryGetValue("const", out object? constant) || Same(constant, value))
            && (!schema.TryGetValue("enum", out object? allowed) || allowed is not IEnumerable<object?> values || values.Any(item => Same(item, value)))
            && (value is not Dictionary<string, object?> members || FitsMembers(schema, members, hops));
    }

    private bool FitsMembers(IReadOnlyDictionary<string, object?> schema, Dictionary<string, object?> members, int hops)
    {
        IReadOnlyDictionary<string, object?>? properties = Part(schema, "properties");
        bool isClosed = schema.TryGetValue("additionalProperties", out object? more) && more is false;
        return (!schema.TryGetValue("required", out object? required) || required is not IEnumerable<object?> names || names.All(name => name is string own && members.ContainsKey(own)))
            && members.All(member => properties is not null && properties.TryGetValue(member.Key, out object? part)
                ? hops >= MostReferences || part is not IReadOnlyDictionary<string, object?> own || Fits(own, member.Value, hops + 1)
                : !isClosed);
    }

    private IEnumerable<KeyValuePair<string, object?>> Members(Dictionary<string, object?> members, List<IReadOnlyDictionary<string, object?>> facts)
    {
        IReadOnlyDictionary<string, object?>[] described = [.. facts.Select(fact => Part(fact, "properties")).OfType<IReadOnlyDictionary<string, object?>>()];
        foreach (string name in described.SelectMany(properties => properties.Keys).Concat(members.Keys).Distinct(StringComparer.Ordinal))
        {
            object? value = members.TryGetValue(name, out object? own) ? own : null;
            yield return new KeyValuePair<string, object?>(name, Convert(value, [.. described.Select(properties => Part(properties, name)).OfType<IReadOnlyDictionary<string, object?>>()]));
        }
    }

    private static IReadOnlyDictionary<string, object?>? Item(IReadOnlyDictionary<string, object?> schema, int index) =>
        schema.TryGetValue("prefixItems", out object? first) && first is IReadOnlyList<object?> prefix && index < prefix.Count
            ? prefix[index] as IReadOnlyDictionary<string, object?>
            : Part(schema, "items");

    private IReadOnlyDictionary<string, object?>? Resolve(string? reference)
    {
        object? target = reference?.StartsWith('#') == true ? root : null;
        foreach (string part in (reference ?? "").Split('/').Skip(1))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            target = target switch
            {
                IReadOnlyDictionary<string, object?> members => members.TryGetValue(name, out object? member) ? member : null,
                IReadOnlyList<object?> items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return target as IReadOnlyDictionary<string, object?>;
    }

    private static IReadOnlyDictionary<string, object?>? Part(IReadOnlyDictionary<string, object?> schema, string name) =>
        schema.TryGetValue(name, out object? part) ? part as IReadOnlyDictionary<string, object?> : null;

    private static bool Has(IReadOnlyDictionary<string, object?> schema, string type) => schema.TryGetValue("type", out object? own)
        && (own as string == type || (own is IEnumerable<object?> several && several.Contains(type)));

    private static string[] TypesOf(object? value) => value switch
    {
        null => ["null"],
        string => ["string"],
        bool => ["boolean"],
        Dictionary<string, object?> => ["object"],
        List<object?> => ["array"],
        double number when number % 1 != 0 => ["number"],
        decimal number when number % 1 != 0 => ["number"],
        _ => ["number", "integer"],
    };

    private static bool Same(object? one, object? other) =>
        Equals(one, other) || (one is not null && other is not null && one is not string && other is not string && Scalar.Exact(one) is { } number && Scalar.Exact(other) == number);
}
