namespace ChatPS;

/// <summary>Files that were added to a vector store together.</summary>
public sealed class ChatVectorStoreBatch
{
    /// <summary>The service's id of the batch.</summary>
    public string Id { get; init; } = "";

    /// <summary>The id of the store.</summary>
    public string VectorStoreId { get; init; } = "";

    /// <summary><c>in_progress</c>, <c>completed</c>, <c>cancelled</c> or <c>failed</c>.</summary>
    public string Status { get; init; } = "";

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

    /// <summary>The name of the connection that it was seen through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from; null if it was not made by this command.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id;
}
