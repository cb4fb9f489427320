namespace ChatPS;

/// <summary>Many requests that a service answers in its own time, for less.</summary>
public sealed class ChatBatch
{
    /// <summary>The batch's own id, which the ids of its requests begin with; for a batch of another program, the service's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The file of its state; null for a batch of another program.</summary>
    public string? Path { get; init; }

    /// <summary>What its requests ask for; null where that is not known.</summary>
    public ChatBatchKind? For { get; init; }

    /// <summary>How far it is, all parts together.</summary>
    public ChatBatchStatus Status { get; init; }

    /// <summary>The name of the connection that it belongs to.</summary>
    public string? Connection { get; init; }

    /// <summary>How many requests it has; null where that is not known.</summary>
    public int? Total { get; init; }

    /// <summary>How many have been answered, as the service tells; null where it does not.</summary>
    public int? Completed { get; init; }

    /// <summary>How many have failed, as the service tells; null where it does not.</summary>
    public int? Failed { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the time of its first part runs out, in UTC; null where that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When its last part ended, in UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>About what it will cost at the prices of a batch; null where they are not known.</summary>
    public decimal? EstimatedCost { get; init; }

    /// <summary>Its parts.</summary>
    public IReadOnlyList<ChatBatchPart> Parts { get; init; } = [];

    /// <summary>Whether the service is done with all its parts.</summary>
    public bool IsDone => Status is ChatBatchStatus.Completed or ChatBatchStatus.Failed or ChatBatchStatus.Expired or ChatBatchStatus.Cancelled;

    /// <inheritdoc />
    public override string ToString() => Id;
}
