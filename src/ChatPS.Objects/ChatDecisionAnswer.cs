namespace ChatPS;

/// <summary>The answer to one question of a decision.</summary>
public sealed class ChatDecisionAnswer
{
    /// <summary>The name of the question.</summary>
    public string Name { get; init; } = "";

    /// <summary>What kind of answer it is.</summary>
    public ChatQuestionType Type { get; init; }

    /// <summary>The answer: a boolean, the value of an option, or a number on the scale, which may lie between two levels; null where there is none.</summary>
    public object? Value { get; init; }

    /// <summary>The name of the likeliest level, for a score; null for others.</summary>
    public string? Level { get; init; }

    /// <summary>How likely it is, 0 to 1: for yes or no the probability of yes, else that of the likeliest answer; null where the service does not tell.</summary>
    public double? Probability { get; init; }

    /// <summary>How sure the service says it is, 0 to 1, by a formula of its own, so that it compares with no other service's; null where it does not tell.</summary>
    public double? Confidence { get; init; }

    /// <summary>How likely each possible answer is, in the order of the question; empty where the service does not tell.</summary>
    public ChatDecisionProbability[] Probabilities { get; init; } = [];

    /// <summary>The share of probability that fell on the labels that were allowed, 0 to 1: little where the model wanted to say something else. Null where it is not known.</summary>
    public double? LabelMass { get; init; }

    /// <summary>Why there is no answer: <c>Refused</c> (the model declined), <c>NoAnswer</c> (the service left it out) or <c>Undecided</c> (the model gave no label that was allowed); null where there is one.</summary>
    public string? Missing { get; init; }

    /// <summary>Whether the answer is less likely than its threshold, or missing; where no threshold was given, only what is missing is unsure.</summary>
    public bool Unsure { get; set; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Name}: {Value ?? Missing}");
}
