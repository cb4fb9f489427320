using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A spoken answer.</summary>
public sealed class ResponseAudio : WireObject
{
    /// <summary>The id by which a later request refers to it.</summary>
    public string? Id { get; set; }

    /// <summary>Until when the service keeps it, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? ExpiresAt { get; set; }

    /// <summary>The sound in base64.</summary>
    public string? Data { get; set; }

    /// <summary>What is said.</summary>
    public string? Transcript { get; set; }
}
