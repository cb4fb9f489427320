using System.Reflection;

namespace Refit;

/// <summary>The attributes of a parameter that matter to a formatter, written down by the generator.</summary>
/// <param name="query">The parameter's [Query], if it has one.</param>
internal sealed class ParameterAttributes(QueryAttribute? query) : ICustomAttributeProvider
{
    /// <summary>A parameter without attributes.</summary>
    public static readonly ParameterAttributes None = new(null);

    public static string? GetFormat(ICustomAttributeProvider provider) => provider is ParameterAttributes known
        ? known.Query?.Format
        : provider.GetCustomAttributes(typeof(QueryAttribute), inherit: true).OfType<QueryAttribute>().FirstOrDefault()?.Format;

    public QueryAttribute? Query { get; } = query;

    public object[] GetCustomAttributes(bool inherit) => Query is null ? [] : [Query];

    public object[] GetCustomAttributes(Type attributeType, bool inherit) => IsDefined(attributeType, inherit) ? [Query!] : [];

    public bool IsDefined(Type attributeType, bool inherit) => attributeType.IsInstanceOfType(Query);
}
