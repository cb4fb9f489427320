using ChatPS.Sandbox.Files;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>A resumable upload.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="MimeType">The type of its content.</param>
/// <param name="Size">How long it is to be; null where nothing was said.</param>
/// <param name="Expires">When it is forgotten.</param>
internal sealed record ResumableUpload(string Id, string Name, string MimeType, long? Size, DateTimeOffset Expires)
{
    /// <summary>What has come, in its order.</summary>
    public List<FileContent> Pieces { get; } = [];

    /// <summary>How much has come.</summary>
    public long Received => Pieces.Sum(static piece => piece.Length);

    /// <summary>The file that it became.</summary>
    public StoredFile? File { get; set; }
}
