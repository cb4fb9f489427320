using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Schemas;

/// <summary>
/// Checks JSON against a JSON Schema, and says what is wrong in words by which a model can mend it. Known are the keywords of
/// draft 2020-12 that say what a value is, <c>$ref</c> within the schema, and <c>nullable</c>; others are ignored.
/// </summary>
public sealed class SchemaValidator
{
    private const int MostErrors = 20;
    private const int DeepestLevel = 200;
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    private readonly JsonElement _root;
    private readonly Dictionary<string, Regex?> _patterns = new(StringComparer.Ordinal);

    /// <summary>Takes a schema.</summary>
    /// <param name="schema">The schema as plain dictionaries and lists.</param>
    /// <param name="origin">The parameter that it came from, for errors.</param>
    /// <exception cref="ChatServiceException">Something in it has no JSON form.</exception>
    public SchemaValidator(IReadOnlyDictionary<string, object?> schema, string origin)
        : this(PlainJson.ToElement(schema, origin)!.Value)
    {
    }

    internal SchemaValidator(JsonElement schema) => _root = schema;

    /// <summary>Checks a text.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>What is wrong, each with the JSON pointer of its place, such as <c>/age: "abc" is not an integer</c>; none if all is well.</returns>
    /// <exception cref="ChatServiceException">The schema itself cannot be used.</exception>
    public IReadOnlyList<string> Validate(string json)
    {
        using JsonDocument? document = PlainJsonReader.Parse(json, out string? error);
        return document is null ? [$"(root): {error}"] : Validate(document.RootElement);
    }

    internal IReadOnlyList<string> Validate(JsonElement value)
    {
        // Patterns are kept; checks may run at once.
        lock (_patterns)
        {
            List<Error> errors = [];
            Check(_root, value, "", 0, errors);
            return [.. errors.Select(error => $"{(error.Pointer.Length == 0 ? "(root)" : error.Pointer)}: {error.Message}").Distinct(StringComparer.Ordinal).Take(MostErrors)];
        }
    }

    private void Check(JsonElement schema, JsonElement value, string pointer, int level, List<Error> errors)
    {
        if (level > DeepestLevel)
        {
            throw Failures.Invalid("The schema refers to itself without end, or the value is nested too deep.", "Look for a $ref that leads back to itself.");
        }

        if (schema.ValueKind == JsonValueKind.False)
        {
            errors.Add(new Error(pointer, "nothing may stand here", null));
        }

        if (schema.ValueKind != JsonValueKind.Object || (value.ValueKind == JsonValueKind.Null && IsTrue(schema, "nullable")))
        {
            return;
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference) && reference.ValueKind == JsonValueKind.String)
        {
            Check(Resolve(reference.GetString()!), value, pointer, level + 1, errors);
        }

        CheckCombinations(schema, value, pointer, level, errors);
        if (!CheckType(schema, value, pointer, errors))
        {
            return;
        }

        CheckValues(schema, value, pointer, errors);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: CheckObject(schema, value, pointer, level, errors); break;
            case JsonValueKind.Array: CheckArray(schema, value, pointer, level, errors); break;
            case JsonValueKind.String: CheckString(schema, value.GetString()!, pointer, errors); break;
            case JsonValueKind.Number: CheckNumber(schema, value, pointer, errors); break;
        }
    }

    private JsonElement Resolve(string reference)
    {
        JsonElement target = _root;
        bool found = reference.StartsWith('#');
        foreach (string part in found ? Uri.UnescapeDataString(reference).Split('/').Skip(1) : [])
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < target.GetArrayLength())
            {
                target = target[index];
            }
            else if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(name, out target))
            {
                found = false;
                break;
            }
        }

        return found && (reference.Length == 1 || reference[1] == '/')
            ? target
            : throw Failures.Invalid($"The schema's $ref '{reference}' leads nowhere.", "Refer to # or to #/$defs/NAME, and define NAME in $defs.");
    }

    private void CheckCombinations(JsonElement schema, JsonElement value, string pointer, int level, List<Error> errors)
    {
        foreach (JsonElement part in List(schema, "allOf"))
        {
            Check(part, value, pointer, level + 1, errors);
        }

        if (schema.TryGetProperty("anyOf", out _))
        {
            CheckAlternatives(schema, "anyOf", value, pointer, level, errors);
        }

        if (schema.TryGetProperty("oneOf", out _) && CheckAlternatives(schema, "oneOf", value, pointer, level, errors) is > 1 and int fitting)
        {
            errors.Add(new Error(pointer, FormattableString.Invariant($"{Show(value)} fits {fitting} of the alternatives; it must fit exactly one"), null));
        }

        if (schema.TryGetProperty("not", out JsonElement denied) && Errors(denied, value, pointer, level).Count == 0)
        {
            errors.Add(new Error(pointer, $"{Show(value)} is what the schema excludes with 'not'", null));
        }
    }

    // If none fits, the errors of the nearest are those that help.
    private int CheckAlternatives(JsonElement schema, string keyword, JsonElement value, string pointer, int level, List<Error> errors)
    {
        List<List<Error>> attempts = [.. List(schema, keyword).Select(alternative => Errors(alternative, value, pointer, level))];
        int fitting = attempts.Count(attempt => attempt.Count == 0);
        if (fitting > 0 || attempts.Count == 0)
        {
            return fitting;
        }

        if (attempts.TrueForAll(attempt => attempt[0] is { Expected: not null } first && first.Pointer == pointer))
        {
            errors.Add(NotA(value, pointer, attempts.Select(attempt => attempt[0].Expected!)));
        }
        else
        {
            errors.AddRange(attempts.OrderBy(attempt => attempt.Any(error => error.Pointer == pointer && error.Expected is not null)).ThenBy(attempt => attempt.Count).First());
        }

        return 0;
    }

    private List<Error> Errors(JsonElement schema, JsonElement value, string pointer, int level)
    {
        List<Error> errors = [];
        Check(schema, value, pointer, level + 1, errors);
        return errors;
    }

    private static bool CheckType(JsonElement schema, JsonElement value, string pointer, List<Error> errors)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return true;
        }

        List<string> names = type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Select(name => name.ToString())]
            : [type.ToString()];
        if (names.Exists(name => IsOfType(name, value)))
        {
            return true;
        }

        errors.Add(NotA(value, pointer, names.Select(Named)));
        return false;
    }

    private static Error NotA(JsonElement value, string pointer, IEnumerable<string> expected)
    {
        string names = string.Join(" or ", expected.Distinct(StringComparer.Ordinal));
        return new Error(pointer, $"{Show(value)} is not {names}", names);
    }

    private static string Named(string type) => type switch
    {
        "integer" => "an integer",
        "object" => "an object",
        "array" => "an array",
        "null" => "null",
        _ => "a " + type,
    };

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && IsWhole(value),
        _ => true,
    };

    private static bool IsWhole(JsonElement value) =>
        value.TryGetDecimal(out decimal exact) ? decimal.Truncate(exact) == exact : value.TryGetDouble(out double rounded) && Math.Floor(rounded).Equals(rounded);

    private static void CheckValues(JsonElement schema, JsonElement value, string pointer, List<Error> errors)
    {
        if (schema.TryGetProperty("const", out JsonElement constant) && JsonIdentity.Of(constant) != JsonIdentity.Of(value))
        {
            errors.Add(new Error(pointer, $"{Show(value)} must be {Show(constant)}", null));
        }

        if (schema.TryGetProperty("enum", out JsonElement allowed) && allowed.ValueKind == JsonValueKind.Array)
        {
            string own = JsonIdentity.Of(value);
            if (!allowed.EnumerateArray().Any(item => JsonIdentity.Of(item) == own))
            {
                errors.Add(new Error(pointer, $"{Show(value)} is not one of {string.Join(", ", allowed.EnumerateArray().Take(50).Select(Show))}", null));
            }
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string pointer, int level, List<Error> errors)
    {
        foreach (string name in List(schema, "required").Select(item => item.ToString()).Where(name => !value.TryGetProperty(name, out _)))
        {
            errors.Add(new Error(pointer, $"'{name}' is missing", null));
        }

        bool hasProperties = schema.TryGetProperty("properties", out JsonElement properties);
        bool hasMore = schema.TryGetProperty("additionalProperties", out JsonElement more);
        int count = 0;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            count++;
            string own = $"{pointer}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (hasProperties && properties.TryGetProperty(member.Name, out JsonElement known))
            {
                Check(known, member.Value, own, level + 1, errors);
            }
            else if (hasMore && more.ValueKind == JsonValueKind.False)
            {
                errors.Add(new Error(own, "is not a property of this object; leave it out", null));
            }
            else if (hasMore)
            {
                Check(more, member.Value, own, level + 1, errors);
            }
        }

        CheckCount(schema, count, "minProperties", "maxProperties", "properties", pointer, errors);
    }

    private void CheckArray(JsonElement schema, JsonElement value, string pointer, int level, List<Error> errors)
    {
        CheckCount(schema, value.GetArrayLength(), "minItems", "maxItems", "items", pointer, errors);
        JsonElement[] first = List(schema, "prefixItems");
        bool hasItems = schema.TryGetProperty("items", out JsonElement items);
        HashSet<string>? seen = IsTrue(schema, "uniqueItems") ? new(StringComparer.Ordinal) : null;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            string own = FormattableString.Invariant($"{pointer}/{index}");
            if (index < first.Length || hasItems)
            {
                Check(index < first.Length ? first[index] : items, item, own, level + 1, errors);
            }

            if (seen?.Add(JsonIdentity.Of(item)) == false)
            {
                errors.Add(new Error(own, $"{Show(item)} stands in the array twice; each item may stand there once", null));
            }

            index++;
        }
    }

    private void CheckString(JsonElement schema, string text, string pointer, List<Error> errors)
    {
        if (schema.TryGetProperty("minLength", out _) || schema.TryGetProperty("maxLength", out _))
        {
            CheckCount(schema, text.Length - text.Where((c, index) => index > 0 && char.IsLowSurrogate(c) && char.IsHighSurrogate(text[index - 1])).Count(), "minLength", "maxLength", "characters", pointer, errors);
        }

        if (schema.TryGetProperty("pattern", out JsonElement pattern) && pattern.ValueKind == JsonValueKind.String && !Matches(pattern.GetString()!, text))
        {
            errors.Add(new Error(pointer, $"{Show(text)} does not match the regular expression {pattern.GetString()}", null));
        }

        if (schema.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String && !JsonFormats.Fits(format.GetString()!, text, out string? example))
        {
            errors.Add(new Error(pointer, $"{Show(text)} is not a {format.GetString()} such as {example}", null));
        }
    }

    // A pattern that is none of .NET's cannot be checked here, and one that takes too long decides nothing.
    private bool Matches(string pattern, string text)
    {
        if (!_patterns.TryGetValue(pattern, out Regex? regex))
        {
            regex = Compile(pattern, RegexOptions.ECMAScript) ?? Compile(pattern, RegexOptions.CultureInvariant);
            _patterns[pattern] = regex;
        }

        try
        {
            return regex?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static Regex? Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options, PatternLimit);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void CheckNumber(JsonElement schema, JsonElement value, string pointer, List<Error> errors)
    {
        Bound("minimum", order => order >= 0, "at least");
        Bound("maximum", order => order <= 0, "at most");
        Bound("exclusiveMinimum", order => order > 0, "above");
        Bound("exclusiveMaximum", order => order < 0, "below");
        if (schema.TryGetProperty("multipleOf", out JsonElement step) && step.ValueKind == JsonValueKind.Number && !IsMultiple(value, step))
        {
            errors.Add(new Error(pointer, $"{Show(value)} is not a multiple of {step}", null));
        }

        void Bound(string keyword, Func<int, bool> holds, string words)
        {
            if (schema.TryGetProperty(keyword, out JsonElement limit) && limit.ValueKind == JsonValueKind.Number && !holds(Compare(value, limit)))
            {
                errors.Add(new Error(pointer, $"{Show(value)} must be {words} {limit}", null));
            }
        }
    }

    private static int Compare(JsonElement left, JsonElement right) => left.TryGetDecimal(out decimal exact) && right.TryGetDecimal(out decimal other)
        ? exact.CompareTo(other)
        : Double(left).CompareTo(Double(right));

    private static bool IsMultiple(JsonElement value, JsonElement step)
    {
        if (value.TryGetDecimal(out decimal exact) && step.TryGetDecimal(out decimal part))
        {
            return part == 0 || exact % part == 0;
        }

        double count = Double(value) / Double(step);
        return Math.Abs(count - Math.Round(count)) < 1e-9;
    }

    private static double Double(JsonElement number) =>
        number.TryGetDouble(out double value) ? value : number.GetRawText().StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;

    private static void CheckCount(JsonElement schema, int count, string least, string most, string things, string pointer, List<Error> errors)
    {
        if (Limit(schema, least) is { } minimum && count < minimum)
        {
            errors.Add(new Error(pointer, FormattableString.Invariant($"has {count} {things}; at least {minimum} are needed"), null));
        }

        if (Limit(schema, most) is { } maximum && count > maximum)
        {
            errors.Add(new Error(pointer, FormattableString.Invariant($"has {count} {things}; at most {maximum} are allowed"), null));
        }
    }

    private static decimal? Limit(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement limit) && limit.ValueKind == JsonValueKind.Number && limit.TryGetDecimal(out decimal number) ? number : null;

    private static JsonElement[] List(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static bool IsTrue(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;

    private static string Show(JsonElement value) => value.ValueKind == JsonValueKind.String ? Show(value.GetString()!) : Cut(value.GetRawText());

    private static string Show(string text) => $"\"{Cut(text)}\"";

    private static string Cut(string text)
    {
        StringBuilder line = new();
        foreach (char c in text.Take(60))
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return text.Length > 60 ? line.Append('…').ToString() : line.ToString();
    }

    private readonly record struct Error(string Pointer, string Message, string? Expected);
}
