namespace ChatPS.Api.Batches;

/// <summary>When a file is deleted.</summary>
public sealed class BatchExpiry
{
    /// <summary>What it is counted from: <c>created_at</c>.</summary>
    public string? Anchor { get; set; }

    /// <summary>How many seconds later.</summary>
    public long? Seconds { get; set; }
}
