namespace ChatPS;

/// <summary>A picture, a sound, a film or a file of a service: its bytes, its address, or the file that it was saved to.</summary>
public class ChatMedia
{
    /// <summary>What it is: <c>image</c>, <c>audio</c>, <c>video</c>, <c>text</c> or <c>file</c>.</summary>
    public string Kind { get; init; } = "file";

    /// <summary>The address where the service keeps it, often for an hour only; null for none.</summary>
    public string? Url { get; init; }

    /// <summary>The bytes; null where there is only an address, or where they were saved to <see cref="Path"/>.</summary>
    public byte[]? Data { get; set; }

    /// <summary>The media type, such as <c>image/png</c>: by the bytes where they are there, else as the service says.</summary>
    public string? MediaType { get; set; }

    /// <summary>The name that the service has for it. It is shown, and never becomes the name of a file.</summary>
    public string? FileName { get; init; }

    /// <summary>The id by which the service knows the file; null for none.</summary>
    public string? FileId { get; init; }

    /// <summary>The file that it was saved to; null before.</summary>
    public string? Path { get; set; }

    /// <summary>How many bytes it has; null where that is not known yet.</summary>
    public long? Size { get; set; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it belongs to.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Which of the item's results it is, from 0.</summary>
    public int Part { get; set; }

    /// <inheritdoc />
    public override string ToString() => Path ?? Url ?? $"[{MediaType ?? Kind}]";
}
