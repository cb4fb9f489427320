namespace ChatPS;

/// <summary>How likely one of the possible answers is.</summary>
public sealed class ChatDecisionProbability
{
    /// <summary>The answer: a boolean, the value of an option, or the number of a level.</summary>
    public object Value { get; init; } = "";

    /// <summary>The name of the level, for a score; null for others.</summary>
    public string? Label { get; init; }

    /// <summary>How likely it is, 0 to 1, as the service told.</summary>
    public double Probability { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Label ?? Value}: {Probability:0.###}");
}
