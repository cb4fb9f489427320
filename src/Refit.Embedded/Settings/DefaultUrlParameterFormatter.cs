using System.Reflection;

namespace Refit;

/// <summary>Formats in the invariant culture; an enumeration by its <c>[EnumMember]</c> value, else its name.</summary>
internal class DefaultUrlParameterFormatter : IUrlParameterFormatter
{
    /// <inheritdoc />
    public virtual string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type) =>
        ValueText.Format(value, ParameterAttributes.GetFormat(attributeProvider));
}
