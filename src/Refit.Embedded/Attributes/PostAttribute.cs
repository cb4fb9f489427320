namespace Refit;

/// <summary>A POST request.</summary>
/// <param name="path">The route, relative to the base address.</param>
[AttributeUsage(AttributeTargets.Method)]
internal class PostAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpVerbs.Post;
}
