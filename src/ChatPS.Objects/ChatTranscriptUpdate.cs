namespace ChatPS;

/// <summary>A piece of a transcript that is streamed.</summary>
public sealed class ChatTranscriptUpdate
{
    /// <summary>The new text; empty on the last update, and where <see cref="Segment"/> holds it.</summary>
    public string Text { get; init; } = "";

    /// <summary>A part with its speaker and times, where the service sends such parts; null otherwise.</summary>
    public ChatTranscriptSegment? Segment { get; init; }

    /// <summary>The whole transcript; on the last update only.</summary>
    public ChatTranscript? Transcript { get; init; }

    /// <inheritdoc />
    public override string ToString() => Segment?.ToString() ?? Text;
}
