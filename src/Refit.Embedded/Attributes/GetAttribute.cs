namespace Refit;

/// <summary>A GET request.</summary>
/// <param name="path">The route, relative to the base address.</param>
[AttributeUsage(AttributeTargets.Method)]
internal class GetAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpVerbs.Get;
}
