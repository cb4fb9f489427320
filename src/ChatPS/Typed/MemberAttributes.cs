using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ChatPS.Typed;

/// <summary>
/// What attributes say about a property. They are known by name and read as metadata: some come from packages that are not
/// ours, and none is run.
/// </summary>
internal static class MemberAttributes
{
    private const byte Annotated = 2;

    // Written for .NET, and not known to the regular expressions of JSON Schema, which are those of JavaScript.
    private static readonly string[] Foreign = ["(?i", "(?m", "(?s", "(?x", "(?n", "(?-", "(?>", "(?#", "(?'", "(?<", @"\A", @"\Z", @"\z", @"\G", @"\p", @"\P"];
    private static readonly Regex Subtraction = new(@"\[[^\]]*-\[", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static bool IsIgnored(IEnumerable<CustomAttributeData> attributes) => attributes.Any(attribute => attribute.AttributeType.Name switch
    {
        "HiddenAttribute" or "IgnoreDataMemberAttribute" => true,
        "JsonIgnoreAttribute" => !attribute.NamedArguments.Any(argument => argument.MemberName == "Condition" && argument.TypedValue.Value is not 1),
        _ => false,
    });

    public static string? Name(IEnumerable<CustomAttributeData> attributes) => attributes.Select(attribute => attribute.AttributeType.Name switch
    {
        "JsonPropertyNameAttribute" => First(attribute) as string,
        "JsonPropertyAttribute" => First(attribute) as string ?? Named(attribute, "PropertyName") as string,
        "DataMemberAttribute" => Named(attribute, "Name") as string,
        _ => null,
    }).FirstOrDefault(name => name is { Length: > 0 });

    public static string EnumName(FieldInfo field) => field.CustomAttributes.Select(attribute => attribute.AttributeType.Name switch
    {
        "EnumMemberAttribute" => Named(attribute, "Value") as string,
        "JsonStringEnumMemberNameAttribute" => First(attribute) as string,
        _ => null,
    }).FirstOrDefault(name => name is not null) ?? field.Name;

    public static string? Description(IEnumerable<CustomAttributeData> attributes) => attributes.Select(attribute => attribute.AttributeType.Name switch
    {
        "DescriptionAttribute" => First(attribute) as string,
        "DisplayAttribute" => Named(attribute, "Description") as string,
        _ => null,
    }).FirstOrDefault(text => text is { Length: > 0 });

    public static bool IsRequired(IEnumerable<CustomAttributeData> attributes) => attributes.Any(attribute =>
        attribute.AttributeType.Name is "RequiredAttribute" or "ValidateNotNullAttribute" or "ValidateNotNullOrEmptyAttribute" or "ValidateNotNullOrWhiteSpaceAttribute");

    public static bool? AllowsNull(IEnumerable<CustomAttributeData> attributes) => attributes.Any(attribute => attribute.AttributeType.Name == "AllowNullAttribute") ? true : null;

    // The compiler writes 2 for "may be null", on the property or once for all of a class.
    public static bool IsAnnotatedNullable(PropertyInfo property)
    {
        byte? own = Flag(property.CustomAttributes, "NullableAttribute");
        for (Type? type = property.DeclaringType; own is null && type is not null; type = type.DeclaringType)
        {
            own = Flag(type.CustomAttributes, "NullableContextAttribute");
        }

        return own == Annotated;
    }

    public static void Constrain(IEnumerable<CustomAttributeData> attributes, Dictionary<string, object?> schema)
    {
        // PowerShell's attributes speak of each item of a list, those of .NET of the list.
        Dictionary<string, object?> each = schema.TryGetValue("items", out object? items) && items is Dictionary<string, object?> item ? item : schema;
        foreach (CustomAttributeData attribute in attributes)
        {
            object?[] arguments = [.. attribute.ConstructorArguments.Select(argument => argument.Value)];
            switch (attribute.AttributeType.Name)
            {
                case "ValidateSetAttribute" or "AllowedValuesAttribute": Values(each, Texts(arguments)); break;
                case "EnumDataTypeAttribute" when arguments is [Type { IsEnum: true } type]: Values(each, Enum.GetNames(type)); break;
                case "ValidateRangeAttribute" when arguments.Length == 1: Sign(each, Convert.ToInt32(arguments[0], CultureInfo.InvariantCulture)); break;
                case "ValidateRangeAttribute": Range(each, arguments[0], arguments[1], false, false); break;
                case "RangeAttribute": Range(each, arguments[arguments.Length - 2], arguments[arguments.Length - 1], Named(attribute, "MinimumIsExclusive") is true, Named(attribute, "MaximumIsExclusive") is true); break;
                case "ValidateLengthAttribute": Count(each, arguments[0], arguments[1]); break;
                case "ValidateCountAttribute" or "LengthAttribute": Count(schema, arguments[0], arguments[1]); break;
                case "StringLengthAttribute": Count(schema, Named(attribute, "MinimumLength"), arguments[0]); break;
                case "MinLengthAttribute": Count(schema, arguments[0], null); break;
                case "MaxLengthAttribute" when arguments.Length == 1: Count(schema, null, arguments[0]); break;
                case "ValidateNotNullOrEmptyAttribute" or "ValidateNotNullOrWhiteSpaceAttribute": Count(schema, 1, null); break;
                case "RequiredAttribute" when Is(schema, "string") && Named(attribute, "AllowEmptyStrings") is not true: Count(schema, 1, null); break;
                case "ValidatePatternAttribute": Pattern(each, (string)arguments[0]!, (string)arguments[0]!); break;
                case "RegularExpressionAttribute": Pattern(schema, (string)arguments[0]!, $"^(?:{arguments[0]})$"); break;
                case "EmailAddressAttribute": Format(each, "email"); break;
                case "UrlAttribute": Format(each, "uri"); break;
            }
        }
    }

    public static void Values(Dictionary<string, object?> schema, IEnumerable<string> values)
    {
        if (schema.ContainsKey("type"))
        {
            IEnumerable<object?> allowed = values.Select(value => IsNumeric(schema) && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : (object?)value);
            schema["enum"] = (Is(schema, "null") ? allowed.Append(null) : allowed).ToList();
        }
    }

    // The members of PowerShell's ValidateRangeKind.
    public static void Sign(Dictionary<string, object?> schema, int kind)
    {
        string[] keywords = ["exclusiveMinimum", "minimum", "exclusiveMaximum", "maximum"];
        if (kind >= 0 && kind < keywords.Length && IsNumeric(schema))
        {
            schema.Remove(kind < 2 ? "minimum" : "maximum");
            schema[keywords[kind]] = 0;
        }
    }

    public static void Range(Dictionary<string, object?> schema, object? least, object? most, bool isLeastExclusive, bool isMostExclusive)
    {
        if (!IsNumeric(schema))
        {
            SchemaParts.Describe(schema, FormattableString.Invariant($"From {least} to {most}."));
            return;
        }

        Bound(schema, least, "minimum", isLeastExclusive ? "exclusiveMinimum" : "minimum");
        Bound(schema, most, "maximum", isMostExclusive ? "exclusiveMaximum" : "maximum");
    }

    private static void Bound(Dictionary<string, object?> schema, object? limit, string inclusive, string keyword)
    {
        // Double's largest number stands for "no limit".
        if (double.TryParse(Convert.ToString(limit, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < 7.9e28)
        {
            schema.Remove(inclusive);
            schema[keyword] = Math.Floor(number).Equals(number) && Math.Abs(number) < 9e15 ? (long)number : limit is string ? number : limit;
        }
    }

    public static void Count(Dictionary<string, object?> schema, object? least, object? most)
    {
        string? things = Is(schema, "string") ? "Length" : Is(schema, "array") ? "Items" : null;
        if (things is not null && least is > 0)
        {
            schema["min" + things] = least;
        }

        if (things is not null && most is >= 0 and < int.MaxValue)
        {
            schema["max" + things] = most;
        }
    }

    public static void Pattern(Dictionary<string, object?> schema, string pattern, string whole)
    {
        if (!Is(schema, "string"))
        {
            return;
        }

        if (IsPortable(pattern))
        {
            schema["pattern"] = whole;
        }
        else
        {
            SchemaParts.Describe(schema, $"Matches the .NET regular expression {pattern}");
        }
    }

    private static bool IsPortable(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
            return !Array.Exists(Foreign, part => pattern.Contains(part, StringComparison.Ordinal)) && !Subtraction.IsMatch(pattern);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Format(Dictionary<string, object?> schema, string format)
    {
        if (Is(schema, "string"))
        {
            schema["format"] = format;
        }
    }

    private static bool Is(Dictionary<string, object?> schema, string type) =>
        schema.TryGetValue("type", out object? own) && (own as string == type || (own is List<object?> several && several.Contains(type)));

    private static bool IsNumeric(Dictionary<string, object?> schema) => Is(schema, "integer") || Is(schema, "number");

    private static IEnumerable<string> Texts(object?[] arguments) =>
        (arguments is [IReadOnlyCollection<CustomAttributeTypedArgument> many] ? many.Select(argument => argument.Value) : (IEnumerable<object?>)arguments)
        .Select(value => Convert.ToString(value is CustomAttributeTypedArgument inner ? inner.Value : value, CultureInfo.InvariantCulture)!);

    private static object? First(CustomAttributeData attribute) => attribute.ConstructorArguments.Count > 0 ? attribute.ConstructorArguments[0].Value : null;

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value).FirstOrDefault();

    private static byte? Flag(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeType.Name == name) is { } found
            ? First(found) switch { byte flag => flag, IReadOnlyCollection<CustomAttributeTypedArgument> flags => (byte)flags.First().Value!, _ => null }
            : null;
}
