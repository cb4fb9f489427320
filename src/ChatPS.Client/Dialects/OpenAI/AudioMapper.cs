using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Reads spoken answers.</summary>
internal static class AudioMapper
{
    public static ChatAudio? FromWire(ResponseAudio? audio, string? format) => audio is null ? null : new ChatAudio
    {
        Id = audio.Id,
        Transcript = audio.Transcript,
        ExpiresAt = UnixTime.From(audio.ExpiresAt),
        Format = format,
        Data = Decode(audio.Data ?? ""),
    };

    /// <summary>Reads base64.</summary>
    /// <param name="data">The text.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="WireFormatException">It is something else.</exception>
    public static byte[] Decode(string data)
    {
        try
        {
            return Convert.FromBase64String(data);
        }
        catch (FormatException exception)
        {
            throw new WireFormatException("The sound of the answer is no base64.", data, exception);
        }
    }
}
