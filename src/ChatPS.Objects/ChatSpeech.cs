namespace ChatPS;

/// <summary>A text that was spoken.</summary>
public sealed class ChatSpeech
{
    /// <summary>The file that holds the sound; null where the sound is in <see cref="Data"/>.</summary>
    public string? Path { get; init; }

    /// <summary>The sound; empty where it is in a file.</summary>
    public byte[] Data { get; init; } = [];

    /// <summary>The format, such as <c>mp3</c>: what the bytes are, which need not be what was asked for.</summary>
    public string Format { get; init; } = "";

    /// <summary>The media type.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>How many bytes of sound there are.</summary>
    public long Length { get; init; }

    /// <summary>How long the sound lasts; null where the format does not tell.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>How many characters the text has, as services count them for their prices.</summary>
    public int Characters { get; init; }

    /// <summary>In how many requests the text was spoken.</summary>
    public int Parts { get; init; }

    /// <summary>The voice: its name, or the id of a voice of one's own.</summary>
    public string? Voice { get; init; }

    /// <summary>The model that was asked.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens; null where the service did not tell.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>What it cost, in the currency of the price table; null without a price.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The time from sending the first request to the last byte.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The service's id of the request; the last one where there were several.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The pipeline item that the text comes from.</summary>
    public object? Input { get; init; }

    /// <inheritdoc />
    public override string ToString() => Path ?? Text;
}
