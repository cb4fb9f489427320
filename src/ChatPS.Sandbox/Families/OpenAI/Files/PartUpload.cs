using ChatPS.Sandbox.Files;

namespace ChatPS.Sandbox.Families.OpenAI.Files;

/// <summary>An upload in parts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="Purpose">What the file is for.</param>
/// <param name="MimeType">The type of its content.</param>
/// <param name="Bytes">How long it is to be.</param>
/// <param name="Lifetime">How long the file is to live.</param>
/// <param name="Created">When it began.</param>
/// <param name="Expires">When it must be complete.</param>
internal sealed record PartUpload(string Id, string Name, string Purpose, string MimeType, long Bytes, TimeSpan? Lifetime, DateTimeOffset Created, DateTimeOffset Expires)
{
    /// <summary>The parts by their ids.</summary>
    public Dictionary<string, FileContent> Parts { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it was cancelled.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>The file that it became.</summary>
    public StoredFile? File { get; set; }

    /// <summary>What it is at.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The word of the service.</returns>
    public string Status(DateTimeOffset now) => File is not null ? "completed" : IsCancelled ? "cancelled" : Expires <= now ? "expired" : "pending";
}
