using System.Buffers.Binary;
using System.Text;

namespace ChatPS.Sandbox.Play;

/// <summary>
/// The sandbox's voice: a quiet tone of 60 ms for each token of a text. The text itself hides in the sound, so that what was spoken
/// here is understood here: in the low bytes of the samples, or where a format is none that we can make, behind its first bytes.
/// </summary>
internal static class SpokenWords
{
    private const int SamplesPerToken = Wave.SamplesPerSecond * 60 / 1000;
    private const double Loudness = 1500;
    private const double Hertz = 220;

    private static ReadOnlySpan<byte> Mark => [0xC4, 0xA7, 0x53, 0x4B];

    /// <summary>Speaks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">The format: mp3, opus, aac, flac, wav or pcm.</param>
    /// <returns>The sound. WAV and raw sound can be played; of the others only the first bytes are real.</returns>
    public static byte[] Speak(string text, string format) => format switch
    {
        "pcm" => Samples(text),
        "wav" => Wave.Of(Samples(text)),
        "mp3" => [(byte)'I', (byte)'D', (byte)'3', 4, 0, 0, 0, 0, 0, 0, 0xFF, 0xFB, 0x90, 0, .. Hidden(text)],
        "aac" => [0xFF, 0xF1, 0x50, 0x80, .. Hidden(text)],
        "flac" => [.. "fLaC"u8, .. Hidden(text)],
        _ => [.. "OggS"u8, .. Hidden(text)],
    };

    /// <summary>Finds the tokens that a sound says, wherever it was cut.</summary>
    /// <param name="sound">The sound.</param>
    /// <returns>The tokens with the time at which each begins, in seconds; empty where it was not spoken here.</returns>
    public static List<(string Token, double Start)> Listen(byte[] sound)
    {
        List<(string Token, double Start)> tokens = [];
        bool isWave = sound.AsSpan().StartsWith("RIFF"u8);
        int step = isWave ? 2 : 1;
        int start = isWave ? Math.Min(Wave.HeadLength, sound.Length) : 0;
        for (int at = start; at < sound.Length;)
        {
            if (Read(sound, at, step) is { } token)
            {
                double time = isWave ? (double)(at - start) / 2 / Wave.SamplesPerSecond : tokens.Count * (double)SamplesPerToken / Wave.SamplesPerSecond;
                tokens.Add((token, time));
                at += step * (Mark.Length + 2 + Encoding.UTF8.GetByteCount(token));
            }
            else
            {
                at += step;
            }
        }

        return tokens;
    }

    /// <summary>How long a sound lasts.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="tokens">How many tokens are spoken in it.</param>
    /// <returns>The seconds; of sound that was not made here about.</returns>
    public static double Seconds(byte[] sound, int tokens)
    {
        if (sound.Length > Wave.HeadLength && sound.AsSpan().StartsWith("RIFF"u8) && BinaryPrimitives.ReadUInt32LittleEndian(sound.AsSpan(28)) is > 0 and var rate)
        {
            return (double)(sound.Length - Wave.HeadLength) / rate;
        }

        return tokens > 0 ? tokens * (double)SamplesPerToken / Wave.SamplesPerSecond : Math.Max(1, sound.Length / 8000.0);
    }

    private static string? Read(byte[] sound, int at, int step)
    {
        for (int place = 0; place < Mark.Length; place++)
        {
            if (at + (place * step) >= sound.Length || sound[at + (place * step)] != Mark[place])
            {
                return null;
            }
        }

        int first = at + ((Mark.Length + 2) * step);
        int length = first - step < sound.Length ? (sound[first - (2 * step)] << 8) | sound[first - step] : 0;
        if (length == 0 || first + ((length - 1) * step) >= sound.Length)
        {
            return null;
        }

        byte[] text = new byte[length];
        for (int place = 0; place < length; place++)
        {
            text[place] = sound[first + (place * step)];
        }

        return Encoding.UTF8.GetString(text);
    }

    private static IEnumerable<byte> Hidden(string text) => Tokens.Split(text).SelectMany(static token => Coded(token));

    private static byte[] Coded(string token)
    {
        byte[] text = Encoding.UTF8.GetBytes(token);
        return [.. Mark, (byte)(text.Length >> 8), (byte)text.Length, .. text];
    }

    private static byte[] Samples(string text)
    {
        using MemoryStream sound = new();
        foreach (string token in Tokens.Split(text))
        {
            byte[] coded = Coded(token);
            for (int sample = 0; sample < Math.Max(SamplesPerToken, coded.Length); sample++)
            {
                int height = (int)(Loudness * Math.Sin(2 * Math.PI * Hertz * sample / Wave.SamplesPerSecond));
                sound.WriteByte(sample < coded.Length ? coded[sample] : (byte)0);
                sound.WriteByte((byte)(height >> 8));
            }
        }

        return sound.ToArray();
    }
}
