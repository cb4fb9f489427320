namespace ChatPS.Api.Files;

/// <summary>How long a file lives.</summary>
public sealed class FileExpiry
{
    /// <summary>From when on: <c>created_at</c>.</summary>
    public string Anchor { get; set; } = "created_at";

    /// <summary>How many seconds.</summary>
    public long Seconds { get; set; }
}
