using System.Buffers.Binary;
using System.Text;

namespace ChatPS.Client.Files;

/// <summary>A WAV file: where its sound lies, and what it consists of. Headers are made and read here.</summary>
/// <param name="Format">The part of the header that describes the samples.</param>
/// <param name="Offset">Where the samples begin.</param>
/// <param name="Length">How many bytes of samples there are.</param>
internal sealed record WaveFile(byte[] Format, long Offset, long Length)
{
    // Raw sound of services (pcm, pcm16) has 24,000 samples a second of 16 bits, one channel.
    private const int SamplesPerSecond = 24_000;
    private const short BytesPerSample = 2;
    private const int ChunkHeader = 8;
    private const int SmallestFormat = 16;
    private const int LargestFormat = 1024;
    private const int MostChunks = 1000;
    private const int SlowestRate = 1_000;
    private const int FastestRate = 768_000;

    /// <summary>Gets how many bytes make a second; 0 where the header does not tell.</summary>
    public uint BytesPerSecond => BinaryPrimitives.ReadUInt32LittleEndian(Format.AsSpan(8));

    /// <summary>Gets how many bytes the samples of one moment have: nothing is cut within.</summary>
    public int BlockSize => Math.Max((ushort)1, BinaryPrimitives.ReadUInt16LittleEndian(Format.AsSpan(12)));

    /// <summary>Gets how long the sound lasts; null where the header does not tell.</summary>
    public TimeSpan? Duration => DurationOf(Length);

    /// <summary>Tells how long raw sound of a service lasts.</summary>
    /// <param name="bytes">How many bytes it has.</param>
    /// <returns>The time.</returns>
    public static TimeSpan RawDuration(long bytes) => Time(bytes, SamplesPerSecond * BytesPerSample);

    /// <summary>Gets what the header says that cannot be; null where it can.</summary>
    public string? Fault => Channels == 0 ? "it says that there are no channels"
        : Rate is < SlowestRate or > FastestRate ? FormattableString.Invariant($"it says that there are {Rate} samples a second")
        : BytesPerSecond == 0 || (IsPlain && BytesPerSecond != (ulong)Rate * (ulong)BlockSize) ? FormattableString.Invariant($"it says that {Rate} samples of {BlockSize} bytes make {BytesPerSecond} bytes a second")
        : null;

    /// <summary>Tells how long a part of the sound lasts.</summary>
    /// <param name="bytes">How many bytes it has.</param>
    /// <returns>The time; null where the header does not tell, or cannot be right.</returns>
    public TimeSpan? DurationOf(long bytes) => Fault is null ? Time(bytes, BytesPerSecond) : null;

    /// <summary>Puts raw sound of a service into a file, which players know.</summary>
    /// <param name="sound">The sound.</param>
    /// <returns>The file.</returns>
    public static byte[] Wrap(byte[] sound) => [.. RawHead(sound.Length), .. sound];

    /// <summary>Makes the header of raw sound of a service.</summary>
    /// <param name="length">How many bytes of it follow.</param>
    /// <returns>The header.</returns>
    public static byte[] RawHead(long length)
    {
        using MemoryStream format = new();
        using BinaryWriter writer = new(format);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(SamplesPerSecond);
        writer.Write(SamplesPerSecond * BytesPerSample);
        writer.Write(BytesPerSample);
        writer.Write((short)(BytesPerSample * 8));
        writer.Flush();
        return new WaveFile(format.ToArray(), 0, 0).Head(length);
    }

    /// <summary>Makes a header for samples of this kind.</summary>
    /// <param name="length">How many bytes of them follow.</param>
    /// <returns>The header.</returns>
    public byte[] Head(long length)
    {
        using MemoryStream head = new();
        using BinaryWriter writer = new(head);
        int rest = 4 + ChunkHeader + Format.Length + ChunkHeader;
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write((uint)Math.Min(uint.MaxValue, rest + length));
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(Format.Length);
        writer.Write(Format);
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write((uint)Math.Min(uint.MaxValue, length));
        writer.Flush();
        return head.ToArray();
    }

    /// <summary>Reads a header. Lengths that were not known when it was written, as in a stream, reach to the end.</summary>
    /// <param name="file">The file, which can seek; its place is another one afterwards.</param>
    /// <param name="start">Where it begins.</param>
    /// <returns>What it says; null where it is no WAV file, or its samples cannot be found.</returns>
    public static WaveFile? Read(Stream file, long start = 0)
    {
        byte[] head = new byte[ChunkHeader + 4];
        file.Position = start;
        if (!TryFill(file, head) || Encoding.ASCII.GetString(head, 0, 4) != "RIFF" || Encoding.ASCII.GetString(head, ChunkHeader, 4) != "WAVE")
        {
            return null;
        }

        byte[]? format = null;
        byte[] chunk = new byte[ChunkHeader];
        for (int count = 0; count < MostChunks && TryFill(file, chunk); count++)
        {
            string name = Encoding.ASCII.GetString(chunk, 0, 4);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4));
            if (name == "data")
            {
                long left = file.Length - file.Position;
                return format is null ? null : new WaveFile(format, file.Position, length is 0 or uint.MaxValue || length > left ? left : length);
            }

            long next = file.Position + length + (length & 1);
            if (name == "fmt ")
            {
                format = new byte[Math.Min(length, LargestFormat)];
                if (length < SmallestFormat || !TryFill(file, format))
                {
                    return null;
                }
            }

            file.Position = Math.Min(next, file.Length);
        }

        return null;
    }

    private ushort Channels => BinaryPrimitives.ReadUInt16LittleEndian(Format.AsSpan(2));

    private uint Rate => BinaryPrimitives.ReadUInt32LittleEndian(Format.AsSpan(4));

    // Samples as they are (whole numbers, fractions, A-law, u-law, or as an extension says), and not packed.
    private bool IsPlain => BinaryPrimitives.ReadUInt16LittleEndian(Format) is 1 or 3 or 6 or 7 or 0xFFFE;

    private static TimeSpan Time(long bytes, long rate) => TimeSpan.FromTicks((long)Math.Round((double)bytes * TimeSpan.TicksPerSecond / rate));

    private static bool TryFill(Stream file, byte[] bytes)
    {
        int filled = 0;
        while (filled < bytes.Length && file.Read(bytes, filled, bytes.Length - filled) is > 0 and var read)
        {
            filled += read;
        }

        return filled == bytes.Length;
    }
}
