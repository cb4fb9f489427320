namespace ChatPS;

/// <summary>A piece of a streamed text completion.</summary>
public sealed class ChatTextCompletionUpdate : ChatAnswerUpdate
{
    /// <summary>Why the answer ended; on the last update only.</summary>
    public string? FinishReason => Completion?.FinishReason;

    /// <summary>The tokens used; on the last update only, where the service says it.</summary>
    public ChatUsage? Usage => Completion?.Usage;

    /// <summary>The whole answer; on the last update only.</summary>
    public ChatTextCompletion? Completion { get; init; }
}
