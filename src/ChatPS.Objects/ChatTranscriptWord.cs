namespace ChatPS;

/// <summary>A word of a transcript.</summary>
public sealed class ChatTranscriptWord
{
    /// <summary>The word.</summary>
    public string Word { get; init; } = "";

    /// <summary>Where it begins; null where the service tells no proper time.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>Where it ends; null where the service tells no proper time.</summary>
    public TimeSpan? End { get; init; }

    /// <inheritdoc />
    public override string ToString() => Word;
}
