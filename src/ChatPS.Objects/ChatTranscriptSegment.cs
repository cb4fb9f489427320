namespace ChatPS;

/// <summary>A part of a transcript.</summary>
public sealed class ChatTranscriptSegment
{
    /// <summary>Where it begins; null where the service tells no proper time.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>Where it ends; null where the service tells no proper time.</summary>
    public TimeSpan? End { get; init; }

    /// <summary>Who speaks; null where speakers were not told apart.</summary>
    public string? Speaker { get; init; }

    /// <summary>What is said.</summary>
    public string Text { get; init; } = "";

    /// <summary>The part's id at the service.</summary>
    public string? Id { get; init; }

    /// <summary>How sure the model was, as the mean logarithm of its tokens' probabilities; null where the service does not tell.</summary>
    public double? AvgLogProb { get; init; }

    /// <summary>How likely it is that nobody speaks, 0 to 1; null where the service does not tell.</summary>
    public double? NoSpeechProb { get; init; }

    /// <inheritdoc />
    public override string ToString() => Speaker is null ? Text : $"{Speaker}: {Text.Trim()}";
}
