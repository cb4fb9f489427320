using System.Reflection;

namespace Refit;

/// <summary>Turns values of the path and the query into text.</summary>
internal interface IUrlParameterFormatter
{
    /// <summary>Formats a value; null leaves it out.</summary>
    string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type);
}
