namespace Refit;

/// <summary>A part read from a file.</summary>
internal class FileInfoPart(FileInfo value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    /// <summary>The file.</summary>
    public FileInfo Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <inheritdoc />
    protected override HttpContent CreateContent() => new StreamContent(Value.OpenRead());
}
