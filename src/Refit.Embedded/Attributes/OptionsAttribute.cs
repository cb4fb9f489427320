namespace Refit;

/// <summary>A OPTIONS request.</summary>
/// <param name="path">The route, relative to the base address.</param>
[AttributeUsage(AttributeTargets.Method)]
internal class OptionsAttribute(string path) : HttpMethodAttribute(path)
{
    /// <inheritdoc />
    public override HttpMethod Method => HttpVerbs.Options;
}
