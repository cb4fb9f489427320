namespace ChatPS;

/// <summary>A question with a typed answer: yes or no, one of several options, or a number on a scale.</summary>
public sealed class ChatQuestion
{
    /// <summary>The name of the answer, and of the property that it becomes.</summary>
    public string Name { get; init; } = "";

    /// <summary>What kind of answer there is.</summary>
    public ChatQuestionType Type { get; init; }

    /// <summary>What is asked.</summary>
    public string Text { get; init; } = "";

    /// <summary>For yes or no: what yes means; null if the question says it.</summary>
    public string? Yes { get; init; }

    /// <summary>For yes or no: what no means; null if the question says it.</summary>
    public string? No { get; init; }

    /// <summary>For a choice: the options in their order, 2 or more.</summary>
    public ChatQuestionOption[] Options { get; init; } = [];

    /// <summary>For a score: the levels from the lowest to the highest, 2 or more.</summary>
    public ChatQuestionLevel[] Levels { get; init; } = [];

    /// <summary>How likely the answer must be, 0.5 to 1, not to count as unsure; null for what the command says.</summary>
    public double? Threshold { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Name}: {Text}";
}
