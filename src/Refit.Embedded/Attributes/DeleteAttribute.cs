namespace Refit;

/// <summary>A DELETE request.</summary>
/// <param name="path">The route, relative to the base address.</param>
[AttributeUsage(AttributeTargets.Method)]
internal class DeleteAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpVerbs.Delete;
}
