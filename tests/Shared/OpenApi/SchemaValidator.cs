using System.Text.Json;

namespace ChatPS.Tests.OpenApi;

/// <summary>
/// Checks the structure of JSON: type, nullable, enum, required, properties, additionalProperties, items, the combinators,
/// and the limits of numbers, strings and arrays.
/// </summary>
internal sealed class SchemaValidator(OpenApiDescription description)
{
    private readonly List<string> _errors = [];

    /// <summary>How many of the errors say that the value is of another kind altogether.</summary>
    private int _mismatches;

    public IReadOnlyList<string> Validate(JsonElement schema, JsonElement value)
    {
        Check(schema, value, "$");
        return _errors;
    }

    private void Check(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null && IsTrue(schema, "nullable"))
        {
            return;
        }

        schema = description.Resolve(schema);
        if (value.ValueKind == JsonValueKind.Null && IsTrue(schema, "nullable"))
        {
            return;
        }

        CheckCombinators(schema, value, path);
        if (!HasType(schema, value))
        {
            _mismatches++;
            _errors.Add($"{path}: {value.ValueKind} is not of type {schema.GetProperty("type")}");
            return;
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)))
        {
            _mismatches++;
            _errors.Add($"{path}: {value.GetRawText()} is not one of {allowed.GetRawText()}");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, path);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, path);
                break;
            case JsonValueKind.Number:
                CheckRange(schema, value.GetDouble(), "minimum", "maximum", path);
                break;
            case JsonValueKind.String:
                CheckRange(schema, value.GetString()!.Length, "minLength", "maxLength", path);
                break;
        }
    }

    private void CheckCombinators(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
            {
                Check(part, value, path);
            }
        }

        if (schema.TryGetProperty("anyOf", out var any) && Matches(any, value, path) is { Fitting: 0 } none)
        {
            Adopt(none.Nearest);
        }

        if (schema.TryGetProperty("oneOf", out var one) && Matches(one, value, path) is { Fitting: not 1 } wrong)
        {
            Adopt(wrong.Nearest);
            if (wrong.Fitting > 1)
            {
                _errors.Add($"{path}: fits {wrong.Fitting} schemas instead of one");
            }
        }
    }

    private void Adopt(SchemaValidator attempt)
    {
        _errors.AddRange(attempt._errors);
        _mismatches += attempt._mismatches;
    }

    /// <summary>How many of the schemas fit, and the attempt that comes nearest.</summary>
    private (int Fitting, SchemaValidator Nearest) Matches(JsonElement schemas, JsonElement value, string path)
    {
        var attempts = schemas.EnumerateArray().Select(schema =>
        {
            var attempt = new SchemaValidator(description);
            attempt.Check(schema, value, path);
            return attempt;
        }).ToList();
        return (attempts.Count(attempt => attempt._errors.Count == 0), attempts.MinBy(attempt => (attempt._mismatches, attempt._errors.Count))!);
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(item => item.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            {
                _errors.Add($"{path}: {name} is missing");
            }
        }

        var known = schema.TryGetProperty("properties", out var properties);
        var open = schema.TryGetProperty("additionalProperties", out var additional);
        foreach (var member in value.EnumerateObject())
        {
            var memberPath = $"{path}.{member.Name}";
            if (known && properties.TryGetProperty(member.Name, out var memberSchema))
            {
                Check(memberSchema, member.Value, memberPath);
            }
            else if (open && additional.ValueKind == JsonValueKind.Object)
            {
                Check(additional, member.Value, memberPath);
            }
            else if (open && additional.ValueKind == JsonValueKind.False)
            {
                _errors.Add($"{memberPath}: is not allowed");
            }
        }
    }

    private void CheckArray(JsonElement schema, JsonElement value, string path)
    {
        CheckRange(schema, value.GetArrayLength(), "minItems", "maxItems", path);
        if (schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[{index++}]");
            }
        }
    }

    private void CheckRange(JsonElement schema, double value, string minimum, string maximum, string path)
    {
        if (schema.TryGetProperty(minimum, out var least) && value < least.GetDouble())
        {
            _errors.Add($"{path}: {value} is below {minimum} {least}");
        }

        if (schema.TryGetProperty(maximum, out var most) && value > most.GetDouble())
        {
            _errors.Add($"{path}: {value} is above {maximum} {most}");
        }
    }

    private static bool HasType(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return true;
        }

        return type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(item => IsOfType(item.GetString()!, value))
            : IsOfType(type.GetString()!, value);
    }

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => throw new NotSupportedException($"The validator does not know the type {type}."),
    };

    private static bool IsTrue(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var flag) && flag.ValueKind == JsonValueKind.True;
}
