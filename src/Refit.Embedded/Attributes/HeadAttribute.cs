namespace Refit;

/// <summary>A HEAD request.</summary>
/// <param name="path">The route, relative to the base address.</param>
[AttributeUsage(AttributeTargets.Method)]
internal class HeadAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpVerbs.Head;
}
