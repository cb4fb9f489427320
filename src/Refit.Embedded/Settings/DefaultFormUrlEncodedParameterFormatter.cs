namespace Refit;

/// <summary>Formats in the invariant culture; an enumeration by its <c>[EnumMember]</c> value, else its name.</summary>
internal class DefaultFormUrlEncodedParameterFormatter : IFormUrlEncodedParameterFormatter
{
    /// <inheritdoc />
    public virtual string? Format(object? value, string? formatString) => ValueText.Format(value, formatString);
}
