namespace ChatPS.Api.Chat;

/// <summary>A sound.</summary>
public sealed class InputAudio
{
    /// <summary>The sound in base64.</summary>
    public string? Data { get; set; }

    /// <summary><c>wav</c> or <c>mp3</c>.</summary>
    public string? Format { get; set; }
}
