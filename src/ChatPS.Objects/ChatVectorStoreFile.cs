namespace ChatPS;

/// <summary>A file in a vector store.</summary>
public sealed class ChatVectorStoreFile
{
    /// <summary>The service's id of the file, the same as of the file itself.</summary>
    public string Id { get; init; } = "";

    /// <summary>The id of the store.</summary>
    public string VectorStoreId { get; init; } = "";

    /// <summary>The id of the batch that it was added with; null where it came alone, or that is not told.</summary>
    public string? BatchId { get; init; }

    /// <summary><c>in_progress</c>, <c>completed</c>, <c>cancelled</c> or <c>failed</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Why it failed, in a word, such as <c>unsupported_file</c>; null if it did not.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>How many bytes it takes in the store; null where that is not told.</summary>
    public long? UsageBytes { get; init; }

    /// <summary>The most tokens of a piece that it was split into; null where that is not told.</summary>
    public int? MaxChunkToken { get; init; }

    /// <summary>How many tokens two neighbours share; null where that is not told.</summary>
    public int? ChunkOverlapToken { get; init; }

    /// <summary>What searches can filter by: texts, numbers and booleans.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

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
