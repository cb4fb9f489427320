using System.Globalization;
using System.Text.RegularExpressions;
using ChatPS.Typed;
using FsCheck;

namespace ChatPS.Tests.Typed;

/// <summary>Makes values that fit a schema, and brings objects back to plain values.</summary>
internal sealed class Instances(IReadOnlyDictionary<string, object?> root, Random random)
{
    private static readonly string[] PatternSamples = ["1.2.3", "AB-12", "abc"];

    public object? Make() => Make(root, 0);

    private object? Make(IReadOnlyDictionary<string, object?> schema, int level)
    {
        if (schema.TryGetValue("$ref", out object? reference))
        {
            return Make(Resolve((string)reference!), level + 1);
        }

        if (schema.TryGetValue("anyOf", out object? alternatives))
        {
            var choices = ((List<object?>)alternatives!).Cast<IReadOnlyDictionary<string, object?>>().ToList();
            return Make(level > 6 ? choices[^1] : choices[random.Next(choices.Count)], level + 1);
        }

        if (schema.TryGetValue("enum", out object? values))
        {
            var allowed = (List<object?>)values!;
            return allowed[random.Next(allowed.Count)];
        }

        var types = schema["type"] is string one ? [one] : ((List<object?>)schema["type"]!).Cast<string>().ToList();
        string type = level > 6 && types.Contains("null") ? "null" : types[random.Next(types.Count)];
        return type switch
        {
            "null" => null,
            "boolean" => random.Next(2) == 0,
            "integer" => (long)Math.Clamp(random.Next(-300, 300), Limit(schema, "minimum", -1e6), Limit(schema, "maximum", 1e6)),
            "number" => Math.Clamp(random.Next(-300, 300) / 4d, Limit(schema, "minimum", -1e6), Limit(schema, "maximum", 1e6)),
            "string" => Text(schema),
            "array" => Items(schema, level),
            _ => ((IReadOnlyDictionary<string, object?>)schema["properties"]!).ToDictionary(member => member.Key, member => Make((IReadOnlyDictionary<string, object?>)member.Value!, level + 1)),
        };
    }

    // Keys and sets may come in any order afterwards.
    private List<object?> Items(IReadOnlyDictionary<string, object?> schema, int level)
    {
        var item = (IReadOnlyDictionary<string, object?>)schema["items"]!;
        int most = (int)Limit(schema, "maxItems", level > 6 ? 0 : 3);
        if (schema.ContainsKey("uniqueItems") || (item.TryGetValue("properties", out object? properties) && ((IReadOnlyDictionary<string, object?>)properties!).Keys.SequenceEqual(["key", "value"])))
        {
            most = Math.Min(most, 1);
        }

        // No flag at all is the flag that is zero.
        int least = (int)Limit(schema, "minItems", item.ContainsKey("enum") && schema.ContainsKey("uniqueItems") ? 1 : 0);
        return [.. Enumerable.Range(0, random.Next(least, Math.Max(least, most) + 1)).Select(_ => Make(item, level + 1))];
    }

    private string Text(IReadOnlyDictionary<string, object?> schema)
    {
        if (schema.TryGetValue("pattern", out object? pattern))
        {
            return PatternSamples.First(sample => Regex.IsMatch(sample, (string)pattern!));
        }

        if (schema.TryGetValue("contentEncoding", out _))
        {
            return "AQI=";
        }

        if (schema.TryGetValue("description", out object? description) && description is "An IP address.")
        {
            return "10.0.0.1";
        }

        return schema.TryGetValue("format", out object? format) ? format switch
        {
            "date-time" => "2026-03-01T14:30:00Z",
            "date" => "2024-02-29",
            "time" => "14:30:00",
            "duration" => "P1DT2H30M",
            "uuid" => "123e4567-e89b-12d3-a456-426614174000",
            "uri" => "https://example.com/a?b=c",
            "email" => "a@example.com",
            _ => "^a$",
        } : new string([.. Enumerable.Range(0, random.Next((int)Limit(schema, "minLength", 0), (int)Limit(schema, "maxLength", 9) + 1)).Select(_ => "aZ09 _-äЖ\"\\"[random.Next(11)])]);
    }

    private static double Limit(IReadOnlyDictionary<string, object?> schema, string keyword, double otherwise) =>
        schema.TryGetValue(keyword, out object? limit) ? Convert.ToDouble(limit, CultureInfo.InvariantCulture) : otherwise;

    private IReadOnlyDictionary<string, object?> Resolve(string reference) => reference.Split('/').Skip(1)
        .Aggregate(root, (schema, name) => (IReadOnlyDictionary<string, object?>)schema[name]!);

    /// <summary>The plain value of an object of a type.</summary>
    public static object? Plain(object? value, Type declared)
    {
        if (value is null)
        {
            return null;
        }

        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        TypeContract contract = TypeContract.Of(type, "");
        return contract.Form switch
        {
            TypeForm.Scalar => Scalar(value),
            TypeForm.Names when contract.IsFlags => contract.Names.Where(name => name.Value.Equals(value)).Select(name => (object?)name.Key).ToList(),
            TypeForm.Names => contract.Names.First(name => name.Value.Equals(value)).Key,
            TypeForm.List => ((System.Collections.IEnumerable)value).Cast<object?>().Select(item => Plain(item, contract.Item!)).ToList(),
            TypeForm.Map => Entries((System.Collections.IDictionary)value, contract),
            TypeForm.Object => contract.Members.ToDictionary(member => member.Name, member => Plain(member.Property.GetValue(value), member.Property.PropertyType)),
            _ => value,
        };
    }

    private static List<object?> Entries(System.Collections.IDictionary map, TypeContract contract) =>
    [
        .. map.Keys.Cast<object>().Select(key => new Dictionary<string, object?> { ["key"] = Plain(key, contract.Key!), ["value"] = Plain(map[key], contract.Item!) }),
    ];

    /// <summary>The plain value of one that is text, number or boolean in JSON.</summary>
    public static object? Scalar(object? value) => value switch
    {
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan { Days: 0 } time => time.ToString("c", CultureInfo.InvariantCulture),
        TimeSpan span => System.Xml.XmlConvert.ToString(span),
        System.Net.IPAddress or System.Net.Mail.MailAddress or Regex => value.ToString(),
        _ => value,
    };

    public static Gen<Random> Randoms { get; } = FsCheck.Fluent.Gen.Select(FsCheck.Fluent.Gen.Choose(0, int.MaxValue - 1), seed => new Random(seed));
}
