using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>The body of <c>POST /audio/speech</c>.</summary>
public sealed class SpeechRequest : ApiRequest
{
    /// <summary>The model.</summary>
    public string? Model { get; set; }

    /// <summary>The text.</summary>
    public string? Input { get; set; }

    /// <summary>The voice: a name, or an object with the id of a voice of one's own.</summary>
    public JsonElement? Voice { get; set; }

    /// <summary>How to speak.</summary>
    public string? Instructions { get; set; }

    /// <summary>The format of the sound.</summary>
    public string? ResponseFormat { get; set; }

    /// <summary>How fast to speak; 1 is the usual speed.</summary>
    public double? Speed { get; set; }

    /// <summary><c>audio</c> for the sound as it is, <c>sse</c> for events.</summary>
    public string? StreamFormat { get; set; }
}
