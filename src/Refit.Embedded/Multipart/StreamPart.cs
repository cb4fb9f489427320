namespace Refit;

/// <summary>A part read from a stream, which is closed after the call.</summary>
internal class StreamPart(Stream value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    /// <summary>The stream.</summary>
    public Stream Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <inheritdoc />
    protected override HttpContent CreateContent() => new StreamContent(Value);
}
