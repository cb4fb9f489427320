using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>An event of spoken text.</summary>
public sealed class SpeechEvent : ApiResponseBody
{
    /// <summary><c>speech.audio.delta</c> or <c>speech.audio.done</c>.</summary>
    public string? Type { get; set; }

    /// <summary>A piece of the sound, in base64. Each piece is decoded by itself.</summary>
    public string? Audio { get; set; }

    /// <summary>What it took; with the last event.</summary>
    public AudioUsage? Usage { get; set; }
}
