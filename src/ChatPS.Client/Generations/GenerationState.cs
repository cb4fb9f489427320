namespace ChatPS.Client.Generations;

/// <summary>What a service says of a task, as far as it says anything.</summary>
internal sealed record GenerationState
{
    public string? Id { get; init; }

    public string? Action { get; init; }

    public string? RawStatus { get; init; }

    /// <summary>Gets the status where it follows from more than the word of the service; null for what the word means.</summary>
    public ChatGenerationStatus? Status { get; init; }

    public double? Progress { get; init; }

    public string? Prompt { get; init; }

    public string? Model { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public IReadOnlyList<ChatGenerationResult> Results { get; init; } = [];

    public string? Text { get; init; }

    public string? FailReason { get; init; }

    public string? FailCode { get; init; }

    public IReadOnlyList<ChatGenerationAction> Actions { get; init; } = [];

    public string? Mode { get; init; }

    /// <summary>Gets the answer that it was read from, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <summary>Gets how long the service wants not to be asked again; null where it says nothing.</summary>
    public TimeSpan? PollAfter { get; init; }
}
