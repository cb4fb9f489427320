namespace ChatPS;

/// <summary>One of the levels of a question of score.</summary>
public sealed class ChatQuestionLevel
{
    /// <summary>The number of the level: one more than that of the level before.</summary>
    public int Value { get; init; }

    /// <summary>The name of the level; its number where it has none.</summary>
    public string Label { get; init; } = "";

    /// <summary>What it means; null if the label says it.</summary>
    public string? Description { get; init; }

    /// <inheritdoc />
    public override string ToString() => Label;
}
