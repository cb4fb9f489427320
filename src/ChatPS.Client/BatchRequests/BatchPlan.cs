namespace ChatPS.Client.BatchRequests;

/// <summary>How requests are handed in as a batch.</summary>
/// <param name="Path">The full path of the file of its state.</param>
/// <param name="Command">The command that would ask for the same live.</param>
public sealed record BatchPlan(string Path, string Command)
{
    /// <summary>What the user said that is asked for; null where nothing was said.</summary>
    public ChatBatchKind? For { get; init; }

    /// <summary>What shapes the answers, as a checkpoint keeps it: plain values by the names of the parameters.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What becomes of the answers, as plain values; null for nothing.</summary>
    public IReadOnlyDictionary<string, object?>? Output { get; init; }

    /// <summary>The most requests of a part; null for what the service takes.</summary>
    public int? MostRequests { get; init; }

    /// <summary>The most tokens of a part, by estimate; null for any number.</summary>
    public long? MostTokens { get; init; }

    /// <summary>How long the service keeps what was uploaded and what it answers; null for its own choice.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>What the user wants the service to keep with each part.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The most money that the run may cost; null for no limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The most tokens that the run may use; null for no limit.</summary>
    public long? MaxTotalTokens { get; init; }

    /// <summary>Whether a batch that is at the path is replaced.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether nothing is written: what the batch would be is to be seen.</summary>
    public bool IsPreview { get; init; }
}
