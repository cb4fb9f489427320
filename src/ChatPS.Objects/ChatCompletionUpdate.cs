namespace ChatPS;

/// <summary>A piece of a streamed chat answer.</summary>
public sealed class ChatCompletionUpdate
{
    /// <summary>The new text; empty on the last update.</summary>
    public string Text { get; init; } = "";

    /// <summary>The new reasoning, where a service shows it.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The choice that the piece belongs to, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Why the answer ended; on the last update only.</summary>
    public string? FinishReason => Completion?.FinishReason;

    /// <summary>The tokens used; on the last update only, where the service says it.</summary>
    public ChatUsage? Usage => Completion?.Usage;

    /// <summary>The whole answer; on the last update only.</summary>
    public ChatCompletion? Completion { get; init; }

    /// <inheritdoc />
    public override string ToString() => Text;
}
