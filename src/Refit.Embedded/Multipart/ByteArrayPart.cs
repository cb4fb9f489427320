namespace Refit;

/// <summary>A part held in memory.</summary>
internal class ByteArrayPart(byte[] value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    /// <summary>The bytes.</summary>
    public byte[] Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <inheritdoc />
    protected override HttpContent CreateContent() => new ByteArrayContent(Value);
}
