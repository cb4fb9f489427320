namespace ChatPS.Client.Batches;

/// <summary>A part of a batch as the service tells of it.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="Status">How far it is.</param>
internal sealed record BatchJob(string Id, ChatBatchStatus Status)
{
    /// <summary>How many requests it has; null where the service does not tell (yet).</summary>
    public int? Total { get; init; }

    /// <summary>How many have been answered; null where the service does not tell.</summary>
    public int? Completed { get; init; }

    /// <summary>How many have failed; null where the service does not tell.</summary>
    public int? Failed { get; init; }

    /// <summary>The name that it was given (see <see cref="BatchOrder.Name"/>); null where the service keeps none.</summary>
    public string? Name { get; init; }

    /// <summary>The model; null where the service does not tell.</summary>
    public string? Model { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its time runs out, in UTC.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it ended, in UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed as a whole, with the number of the line where the service names one; null for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it failed for want of room in the service's queue alone: the same part can be started again later.</summary>
    public bool IsQueueFull { get; init; }

    /// <summary>Whether it was found for a part though nothing proves that it is that one: it has as many requests, and came at that time.</summary>
    public bool IsPresumed { get; init; }

    /// <summary>How long the service asks to wait before the next look; null where it says nothing.</summary>
    public TimeSpan? PollAfter { get; init; }

    /// <summary>Where its results lie, in the engine's own words, such as ids of files. Empty where there are none (yet).</summary>
    public IReadOnlyList<string> Results { get; init; } = [];

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";
}
