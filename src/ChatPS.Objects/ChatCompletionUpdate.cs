namespace ChatPS;

/// <summary>A piece of a streamed chat answer.</summary>
public sealed class ChatCompletionUpdate : ChatAnswerUpdate
{
    /// <summary>The new reasoning, where a service shows it.</summary>
    public string? Reasoning { get; init; }

    /// <summary>What is new of what the model says on its way to the answer, where a service tells it apart from the answer.</summary>
    public string? Commentary { get; init; }

    /// <summary>Why the answer ended; on the last update only.</summary>
    public string? FinishReason => Completion?.FinishReason;

    /// <summary>The tokens used; on the last update only, where the service says it.</summary>
    public ChatUsage? Usage => Completion?.Usage;

    /// <summary>The whole answer; on the last update only.</summary>
    public ChatCompletion? Completion { get; init; }
}
