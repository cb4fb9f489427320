namespace ChatPS;

/// <summary>A part of a batch: what the service knows as one job.</summary>
public sealed class ChatBatchPart
{
    /// <summary>The number of the part in its batch, from 1.</summary>
    public int Number { get; init; }

    /// <summary>The service's id of the job; null before it is started.</summary>
    public string? Id { get; init; }

    /// <summary>The id of the file that holds its requests; null where there is none.</summary>
    public string? FileId { get; init; }

    /// <summary>How far it is.</summary>
    public ChatBatchStatus Status { get; init; }

    /// <summary>The model that its requests are for.</summary>
    public string? Model { get; init; }

    /// <summary>How many requests it has.</summary>
    public int Total { get; init; }

    /// <summary>How many have been answered, as the service tells; null where it does not.</summary>
    public int? Completed { get; init; }

    /// <summary>How many have failed, as the service tells; null where it does not.</summary>
    public int? Failed { get; init; }

    /// <summary>When it was started, in UTC; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its time runs out, in UTC; null where that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it ended, in UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed or waits, in words; null for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>The service's last answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id ?? FormattableString.Invariant($"part {Number}");
}
