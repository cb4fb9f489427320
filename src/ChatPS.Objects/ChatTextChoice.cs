namespace ChatPS;

/// <summary>One of the answers that a text completion offers.</summary>
public sealed class ChatTextChoice
{
    /// <summary>The choice's place, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why the choice ended: <c>stop</c>, <c>length</c> or <c>content_filter</c>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The probability of each token, if asked for.</summary>
    public ChatTokenLogProb[] LogProbs { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => Text;
}
