using System.Management.Automation;
using System.Reflection;
using ChatPS.Typed;

namespace ChatPS.Tools;

/// <summary>A parameter of a command, as a tool has it.</summary>
internal sealed class ToolParameter
{
    private readonly List<Attribute> _attributes;

    public ToolParameter(CommandParameterInfo parameter, string? help)
    {
        Name = parameter.Name;
        Aliases = [.. parameter.Aliases];
        Type = parameter.ParameterType;
        _attributes = [.. parameter.Attributes];
        Problem = ToolValue.Problem(Type);
        Description = FirstText(help, parameter.HelpMessage);
    }

    public string Name { get; }

    public string[] Aliases { get; }

    public Type Type { get; }

    /// <summary>Why no model can fill it; null if one can.</summary>
    public string? Problem { get; }

    public string? Description { get; }

    /// <summary>The parameter sets that it belongs to.</summary>
    public HashSet<string> Sets { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The parameter sets in which it is mandatory.</summary>
    public HashSet<string> MandatoryIn { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the schema of its values.</summary>
    /// <returns>A schema of its own.</returns>
    public Dictionary<string, object?> Schema()
    {
        Dictionary<string, object?> schema = ToolValue.Schema(Type);

        // PowerShell's attributes speak of each item of a list.
        Dictionary<string, object?> each = schema.TryGetValue("items", out object? items) && items is Dictionary<string, object?> item ? item : schema;
        foreach (Attribute attribute in _attributes)
        {
            switch (attribute)
            {
                case ValidateSetAttribute set: MemberAttributes.Values(each, set.ValidValues); break;
                case ValidateRangeAttribute { MinRange: not null } range: MemberAttributes.Range(each, range.MinRange, range.MaxRange, false, false); break;
                case ValidateRangeAttribute range when Kind(range) is { } kind: MemberAttributes.Sign(each, kind); break;
                case ValidateLengthAttribute length: MemberAttributes.Count(each, length.MinLength, length.MaxLength); break;
                case ValidateCountAttribute count: MemberAttributes.Count(schema, count.MinLength, count.MaxLength); break;
                case ValidatePatternAttribute pattern: MemberAttributes.Pattern(each, pattern.RegexPattern, pattern.RegexPattern); break;
                case ValidateNotNullOrEmptyAttribute: MemberAttributes.Count(schema, 1, null); break;
            }
        }

        return SchemaParts.Describe(schema, Description);
    }

    // PowerShell 7 has [ValidateRange('Positive')], and tells of it nowhere that is public.
    private static int? Kind(ValidateRangeAttribute range) =>
        range.GetType().GetProperty("RangeKind", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(range) is Enum kind
            ? System.Convert.ToInt32(kind, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static string? FirstText(params string?[] texts) => texts.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))?.Trim();
}
