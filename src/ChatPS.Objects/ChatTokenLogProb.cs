namespace ChatPS;

/// <summary>How probable a token was.</summary>
public sealed class ChatTokenLogProb
{
    /// <summary>The token's text.</summary>
    public string Token { get; init; } = "";

    /// <summary>The natural logarithm of the probability; null where the service gives none, as for the first token of an echoed prompt.</summary>
    public double? LogProb { get; init; }

    /// <summary>The probability, 0 to 1.</summary>
    public double? Probability => LogProb is { } value ? Math.Exp(value) : null;

    /// <summary>Where the token begins in the text, for text completions.</summary>
    public int? Offset { get; init; }

    /// <summary>The likeliest tokens at this place.</summary>
    public ChatTokenLogProb[] Top { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => Token;
}
