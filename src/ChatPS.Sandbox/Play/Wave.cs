using System.Text;

namespace ChatPS.Sandbox.Play;

/// <summary>A WAV file of raw sound: 24,000 samples a second of 16 bits, one channel.</summary>
internal static class Wave
{
    public const int SamplesPerSecond = 24_000;

    /// <summary>How many bytes stand before the sound.</summary>
    public const int HeadLength = 44;

    private const short BytesPerSample = 2;

    /// <summary>Makes the file.</summary>
    /// <param name="samples">The sound.</param>
    /// <returns>The file.</returns>
    public static byte[] Of(byte[] samples)
    {
        using MemoryStream file = new();
        using BinaryWriter writer = new(file, Encoding.ASCII);
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(HeadLength - 8 + samples.Length);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(SamplesPerSecond);
        writer.Write(SamplesPerSecond * BytesPerSample);
        writer.Write(BytesPerSample);
        writer.Write((short)(BytesPerSample * 8));
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(samples.Length);
        writer.Write(samples);
        writer.Flush();
        return file.ToArray();
    }
}
