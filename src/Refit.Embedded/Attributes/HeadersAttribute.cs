namespace Refit;

/// <summary>Fixed headers, each as "Name: value"; a name alone removes the header.</summary>
/// <param name="headers">The headers.</param>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method)]
internal class HeadersAttribute(params string[] headers) : Attribute
{
    /// <summary>The headers.</summary>
    public string[] Headers { get; } = headers ?? [];
}
