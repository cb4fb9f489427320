namespace Refit;

/// <summary>The request is a multipart form; each parameter without another use is a part.</summary>
/// <param name="boundaryText">The boundary between the parts.</param>
[AttributeUsage(AttributeTargets.Method)]
internal class MultipartAttribute(string boundaryText = "----MyGreatBoundary") : Attribute
{
    /// <summary>The boundary between the parts.</summary>
    public string BoundaryText { get; } = boundaryText;
}
