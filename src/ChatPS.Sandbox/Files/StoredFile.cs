namespace ChatPS.Sandbox.Files;

/// <summary>A file that is kept.</summary>
/// <param name="Id">Its id, in the form of its dialect.</param>
/// <param name="Name">Its name.</param>
/// <param name="Purpose">What it is for, such as <c>batch</c> or <c>batch_output</c>.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Created">When it came.</param>
internal sealed record StoredFile(string Id, string Name, string Purpose, FileContent Content, DateTimeOffset Created)
{
    /// <summary>The type of its content.</summary>
    public string MimeType { get; init; } = "application/octet-stream";

    /// <summary>When it goes; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it was made by the service itself, as results of batches and files of tools are.</summary>
    public bool IsMade { get; init; }

    /// <summary>How long it is, in bytes.</summary>
    public long Bytes => Content.Length;
}
