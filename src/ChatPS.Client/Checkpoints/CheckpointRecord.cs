namespace ChatPS.Client.Checkpoints;

/// <summary>One finished answer, as a checkpoint keeps it.</summary>
public sealed record CheckpointRecord
{
    /// <summary>The answer's wire JSON as received, without any key.</summary>
    public required string Raw { get; init; }

    /// <summary>Whether it was streamed: <see cref="Raw"/> then holds one event a line.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether it came in a batch, which has prices of its own.</summary>
    public bool IsBatch { get; init; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name of the connection that answered.</summary>
    public string? Connection { get; init; }

    /// <summary>The model that was asked.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>The models that were asked before, and failed.</summary>
    public IReadOnlyList<string> FallbackFrom { get; init; } = [];

    /// <summary>The tokens of prompt and answer together; where the service did not tell them, what was counted against the budget.</summary>
    public long TotalTokens { get; init; }

    /// <summary>The tokens of the answer; 0 where the service did not tell them.</summary>
    public long OutputTokens { get; init; }

    /// <summary>What it cost, or was counted against the budget, if prices were given.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The calls of tools that led to the answer, with the answers that asked for them, as JSON; null if there were none.</summary>
    public string? Tools { get; init; }

    /// <summary>How the answer was put together of the answers to several requests; null where it is one.</summary>
    public string? Parts { get; init; }

    /// <summary>When the answer was complete, in UTC.</summary>
    public DateTimeOffset At { get; init; }
}
