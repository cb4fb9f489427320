namespace Refit;

/// <summary>How the path and query are escaped when they are sent.</summary>
/// <param name="uriFormat">The format.</param>
[AttributeUsage(AttributeTargets.Method)]
internal class QueryUriFormatAttribute(UriFormat uriFormat) : Attribute
{
    /// <summary>The format.</summary>
    public UriFormat UriFormat { get; } = uriFormat;
}
