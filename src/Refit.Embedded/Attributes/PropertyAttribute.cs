namespace Refit;

/// <summary>The parameter goes to the options of the request message, for handlers to read; it is not sent.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal class PropertyAttribute : Attribute
{
    public PropertyAttribute()
    {
    }

    public PropertyAttribute(string key) => Key = key;

    /// <summary>The key; the parameter's name unless given.</summary>
    public string? Key { get; }
}
