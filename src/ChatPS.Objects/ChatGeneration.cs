namespace ChatPS;

/// <summary>A long generation: a task that a service works on for minutes, and whose results are fetched when it is done.</summary>
public sealed class ChatGeneration
{
    /// <summary>The service's id of the task.</summary>
    public string Id { get; init; } = "";

    /// <summary>The family of services, such as <c>Midjourney</c> or <c>Suno</c>.</summary>
    public string Service { get; init; } = "";

    /// <summary>What is done, such as <c>Imagine</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>How far it is.</summary>
    public ChatGenerationStatus Status { get; init; }

    /// <summary>The status in the service's own word.</summary>
    public string? RawStatus { get; init; }

    /// <summary>How much is done, in percent, as the service tells; null where it does not.</summary>
    public double? Progress { get; init; }

    /// <summary>What was asked for; null where that is not known.</summary>
    public string? Prompt { get; init; }

    /// <summary>The model; null where the service has one only.</summary>
    public string? Model { get; init; }

    /// <summary>When it was handed in, in UTC; null where that is not known.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When the service began, in UTC; null where that is not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, in UTC; null before, or where that is not known.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What was made. Some services show the first results while they work on the others.</summary>
    public IReadOnlyList<ChatGenerationResult> Result { get; init; } = [];

    /// <summary>The text that was made, such as the words of a song or the description of a picture; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>Why it failed, or what the service waits for; null for nothing.</summary>
    public string? FailReason { get; init; }

    /// <summary>The service's code of the failure; null for none.</summary>
    public string? FailCode { get; init; }

    /// <summary>What can be done next with it: Invoke-ChatGenerationAction does it.</summary>
    public IReadOnlyList<ChatGenerationAction> Actions { get; init; } = [];

    /// <summary>The id of the generation that it continues; null for none.</summary>
    public string? ParentId { get; init; }

    /// <summary>The form in which the service is spoken to, where it has several.</summary>
    public string? Form { get; init; }

    /// <summary>The mode of the service, such as <c>Fast</c>; null for its own choice.</summary>
    public string? Mode { get; init; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The service's last answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <summary>Whether nothing more will come of it by itself: it has ended, or waits for somebody.</summary>
    public bool IsDone => Status is not (ChatGenerationStatus.NotStarted or ChatGenerationStatus.Running);

    /// <inheritdoc />
    public override string ToString() => $"{Service} {Id}";
}
