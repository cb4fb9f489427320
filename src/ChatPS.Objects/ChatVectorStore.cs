namespace ChatPS;

/// <summary>A store of documents at a service, which is searched by meaning.</summary>
public sealed class ChatVectorStore
{
    /// <summary>The service's id of the store.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for; null where nothing is said.</summary>
    public string? Description { get; init; }

    /// <summary><c>completed</c>, <c>in_progress</c> while files are taken in, or <c>expired</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>How many bytes it takes at the service; null where that is not told.</summary>
    public long? UsageBytes { get; init; }

    /// <summary>How many files it has in all.</summary>
    public int FileCount { get; init; }

    /// <summary>How many of them can be searched.</summary>
    public int CompletedCount { get; init; }

    /// <summary>How many of them the service is at work on.</summary>
    public int InProgressCount { get; init; }

    /// <summary>How many of them could not be read.</summary>
    public int FailedCount { get; init; }

    /// <summary>How many of them were stopped.</summary>
    public int CancelledCount { get; init; }

    /// <summary>When it was made, in UTC; null where the service does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last used, in UTC; null where the service does not tell.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    /// <summary>How many days after its last use it goes; null if it stays.</summary>
    public int? ExpiresAfterDay { get; init; }

    /// <summary>When it goes, in UTC; null if it stays.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The notes that are kept with it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The name of the connection that it was seen through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from; null if it was not made by this command.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id;
}
