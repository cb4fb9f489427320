using System.Text;

namespace ChatPS.Client.Content;

/// <summary>Puts raw sound of services (pcm16: 24,000 samples a second of 16 bits, one channel) into a WAV file, which players know.</summary>
internal static class WaveFile
{
    private const int SamplesPerSecond = 24_000;
    private const short BytesPerSample = 2;
    private const int HeaderLength = 44;

    public static byte[] Wrap(byte[] sound)
    {
        using MemoryStream file = new(HeaderLength + sound.Length);
        using BinaryWriter writer = new(file, Encoding.ASCII);
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(HeaderLength - 8 + sound.Length);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(SamplesPerSecond);
        writer.Write(SamplesPerSecond * BytesPerSample);
        writer.Write(BytesPerSample);
        writer.Write((short)(BytesPerSample * 8));
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(sound.Length);
        writer.Write(sound);
        writer.Flush();
        return file.ToArray();
    }
}
