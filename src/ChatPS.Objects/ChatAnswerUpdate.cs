namespace ChatPS;

/// <summary>A piece of a streamed answer.</summary>
public abstract class ChatAnswerUpdate
{
    /// <summary>The new text; empty on the last update.</summary>
    public string Text { get; init; } = "";

    /// <summary>The choice that the piece belongs to, from 0.</summary>
    public int Index { get; init; }

    /// <inheritdoc />
    public override string ToString() => Text;
}
