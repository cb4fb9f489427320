namespace ChatPS;

/// <summary>One of the answers that a question of choice allows.</summary>
public sealed class ChatQuestionOption
{
    /// <summary>What the answer is: a text, or a boolean.</summary>
    public object Value { get; init; } = "";

    /// <summary>What it means; null if the value says it.</summary>
    public string? Description { get; init; }

    /// <inheritdoc />
    public override string ToString() => Value.ToString() ?? "";
}
