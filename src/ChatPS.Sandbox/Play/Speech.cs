using System.Text;
using System.Text.Json;

namespace ChatPS.Sandbox.Play;

/// <summary>The spoken form of an answer: a moment of silence, in whatever format was asked for.</summary>
/// <param name="Id">The id of the sound.</param>
/// <param name="Format">The format.</param>
/// <param name="ExpiresAt">Until when a later request may refer to it.</param>
internal sealed record Speech(string Id, string Format, DateTimeOffset ExpiresAt)
{
    private const int Pieces = 3;

    public void Write(Utf8JsonWriter json, string transcript)
    {
        json.WriteStartObject("audio"u8);
        json.WriteString("id"u8, Id);
        json.WriteNumber("expires_at"u8, ExpiresAt.ToUnixTimeSeconds());
        json.WriteBase64String("data"u8, Sound());
        json.WriteString("transcript"u8, transcript);
        json.WriteEndObject();
    }

    /// <summary>The spoken answer as pieces of a stream: the id, the words, the sound, the end.</summary>
    public IEnumerable<Action<Utf8JsonWriter>> Deltas(IEnumerable<string> tokens)
    {
        yield return Delta(audio => audio.WriteString("id"u8, Id));
        foreach (string token in tokens)
        {
            yield return Delta(audio => audio.WriteString("transcript"u8, token));
        }

        byte[] sound = Sound();
        int size = (sound.Length + Pieces - 1) / Pieces;
        for (int at = 0; at < sound.Length; at += size)
        {
            int start = at;
            yield return Delta(audio => audio.WriteBase64String("data"u8, sound.AsSpan(start, Math.Min(size, sound.Length - start))));
        }

        yield return Delta(audio => audio.WriteNumber("expires_at"u8, ExpiresAt.ToUnixTimeSeconds()));
    }

    private static Action<Utf8JsonWriter> Delta(Action<Utf8JsonWriter> write) => json =>
    {
        json.WriteStartObject("audio"u8);
        write(json);
        json.WriteEndObject();
    };

    // Wave files are real; of the others only the first bytes are.
    private byte[] Sound() => Format switch
    {
        "wav" => Wave.Of(Silence()),
        "pcm16" => Silence(),
        "mp3" => [(byte)'I', (byte)'D', (byte)'3', 4, 0, 0, 0, 0, 0, 0, 0xFF, 0xFB, 0x90, 0],
        "flac" => Encoding.ASCII.GetBytes("fLaC"),
        "opus" => Encoding.ASCII.GetBytes("OggS"),
        _ => [0xFF, 0xF1, 0x50, 0x80],
    };

    // A hundredth of a second.
    private static byte[] Silence() => new byte[Wave.SamplesPerSecond / 100 * 2];
}
