using System.Reflection;

namespace ChatPS.Typed;

/// <summary>A property as JSON has it.</summary>
internal sealed class MemberContract
{
    private readonly IReadOnlyList<CustomAttributeData> _attributes;

    public MemberContract(PropertyInfo property, ParameterInfo? parameter)
    {
        Property = property;
        Parameter = parameter;
        _attributes = [.. property.CustomAttributes, .. parameter?.CustomAttributes ?? []];
        Name = MemberAttributes.Name(_attributes) ?? property.Name;
        IsIgnored = MemberAttributes.IsIgnored(_attributes);
        IsNullable = System.Nullable.GetUnderlyingType(property.PropertyType) is not null
            || (!property.PropertyType.IsValueType && !MemberAttributes.IsRequired(_attributes) && (MemberAttributes.AllowsNull(_attributes) ?? MemberAttributes.IsAnnotatedNullable(property)));
        Description = MemberAttributes.Description(_attributes) ?? XmlDocs.Of(property);
    }

    public PropertyInfo Property { get; }

    /// <summary>The parameter of the constructor that takes it; null if it is set.</summary>
    public ParameterInfo? Parameter { get; }

    public string Name { get; }

    public bool IsIgnored { get; }

    public bool IsNullable { get; }

    public string? Description { get; }

    /// <summary>Adds what the attributes ask of the value.</summary>
    /// <param name="schema">The schema of the value, without null.</param>
    public void Constrain(Dictionary<string, object?> schema) => MemberAttributes.Constrain(_attributes, schema);
}
