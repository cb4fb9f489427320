namespace ChatPS;

/// <summary>A spoken answer.</summary>
public sealed class ChatAudio
{
    /// <summary>The id by which the service knows the answer again while the conversation goes on.</summary>
    public string? Id { get; init; }

    /// <summary>What is said.</summary>
    public string? Transcript { get; init; }

    /// <summary>Until when the service keeps the sound, in UTC; null where it does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The format of <see cref="Data"/>, such as <c>wav</c> or <c>mp3</c>; null where the request did not name one.</summary>
    public string? Format { get; init; }

    /// <summary>The file that the sound was saved to; null without <c>-AudioPath</c>.</summary>
    public string? Path { get; set; }

    /// <summary>The sound.</summary>
    public byte[] Data { get; init; } = [];

    /// <summary>The size of the sound in bytes.</summary>
    public int Length => Data.Length;

    /// <inheritdoc />
    public override string ToString() => Transcript ?? "";
}
