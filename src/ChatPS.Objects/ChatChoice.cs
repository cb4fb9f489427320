namespace ChatPS;

/// <summary>One of the answers that a chat completion offers.</summary>
public sealed class ChatChoice
{
    /// <summary>The choice's place, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The text; empty where the model calls tools instead.</summary>
    public string Text => Message.Text;

    /// <summary>Why the choice ended: <c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The whole message.</summary>
    public ChatMessage Message { get; init; } = new() { Role = "assistant" };

    /// <summary>The probability of each token, if asked for.</summary>
    public ChatTokenLogProb[] LogProbs { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => Text;
}
