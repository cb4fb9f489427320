namespace Refit;

/// <summary>The parameter is the value of a header; null removes the header.</summary>
/// <param name="header">The header's name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal class HeaderAttribute(string header) : Attribute
{
    /// <summary>The header's name.</summary>
    public string Header { get; } = header;
}
