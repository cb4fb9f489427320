namespace Refit;

/// <summary>Leaves names as they are.</summary>
internal class DefaultUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    /// <inheritdoc />
    public virtual string Format(string key) => key;
}
