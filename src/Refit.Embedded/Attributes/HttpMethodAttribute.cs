namespace Refit;

/// <summary>Marks a method of an interface as a request.</summary>
/// <param name="path">The route, relative to the base address. It starts with a slash and may hold <c>{placeholders}</c>.</param>
internal abstract class HttpMethodAttribute(string path) : Attribute
{
    /// <summary>The verb.</summary>
    public abstract HttpMethod Method { get; }

    /// <summary>The route.</summary>
    public virtual string Path { get; protected set; } = path;
}
