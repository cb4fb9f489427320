using System.Buffers;
using System.Buffers.Binary;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Speech;

/// <summary>Puts the parts of a spoken text together in a stream while they come. What stands around the sound of a part goes.</summary>
/// <param name="target">Where the sound goes: an empty stream that can be read and sought in.</param>
/// <param name="wrapsRaw">Whether raw sound becomes a WAV file.</param>
internal sealed class JoinedSound(Stream target, bool wrapsRaw)
{
    private const int BufferSize = 64 * 1024;
    private const int TagHeader = 10;

    private long _start;
    private int _parts;
    private FileKind? _kind;
    private WaveFile? _wave;

    /// <summary>Gets how long the sound lasts; null where the format does not tell.</summary>
    public TimeSpan? Duration { get; private set; }

    /// <summary>Begins a part: it is written at the stream's end.</summary>
    public void Begin()
    {
        if (_parts == 0 && wrapsRaw)
        {
            byte[] head = WaveFile.RawHead(0);
            target.Write(head, 0, head.Length);
        }

        _start = target.Position;
    }

    /// <summary>Ends a part.</summary>
    /// <param name="kind">What its bytes are; null where they do not tell, as with raw sound.</param>
    /// <param name="format">The format that was asked for.</param>
    /// <exception cref="ChatServiceException">It does not fit those before it.</exception>
    public void End(FileKind? kind, string format)
    {
        bool isFirst = _parts++ == 0;
        if (!isFirst && (kind != _kind || !SpeechFormat.CanBeJoined(SpeechFormat.Of(kind, format))))
        {
            throw Apart("in formats that cannot be joined");
        }

        _kind = kind;
        if (kind == FileKind.Wave)
        {
            EndWave(isFirst);
        }
        else if (!isFirst && kind == FileKind.Mp3)
        {
            Keep(_start + TagLength(), long.MaxValue);
        }

        target.Position = target.Length;
    }

    /// <summary>Ends the whole: what headers say of its length becomes right.</summary>
    /// <param name="format">The format that was asked for.</param>
    /// <returns>The format that it has.</returns>
    public string Complete(string format)
    {
        if (wrapsRaw && _kind is null)
        {
            target.Position = 0;
            _wave = WaveFile.Read(target);
        }

        Duration = _wave?.Duration ?? (_kind is null && format == SpeechFormat.Raw ? WaveFile.RawDuration(target.Length) : null);
        if (_wave is { } wave && (_parts > 1 || wave.Offset + wave.Length == target.Length))
        {
            Write(4, target.Length - 8);
            Write(wave.Offset - 4, wave.Length);
        }

        target.Position = target.Length;
        return wrapsRaw && _kind is null ? SpeechFormat.Wave : SpeechFormat.Of(_kind, format);
    }

    private static ChatServiceException Apart(string why) => new(
        ErrorIds.BadResponse, $"The parts of the text came {why}.", "Ask for mp3, or give texts that one request takes.");

    private void EndWave(bool isFirst)
    {
        WaveFile? part = WaveFile.Read(target, _start);
        if (isFirst)
        {
            _wave = part;
            return;
        }

        if (part is null || _wave is null || !part.Format.AsSpan().SequenceEqual(_wave.Format))
        {
            throw Apart("as WAV files of different kinds");
        }

        // What stands behind the samples of the first part, such as notes, would lie within them.
        long end = _wave.Offset + _wave.Length;
        _start = end;
        Keep(part.Offset, part.Length);
        _wave = _wave with { Length = _wave.Length + part.Length };
    }

    // Moves what counts of the part to where it belongs, and cuts off the rest.
    private void Keep(long from, long length)
    {
        long left = Math.Min(length, target.Length - from);
        long to = _start;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (left > 0 && from > to)
            {
                target.Position = from;
                int read = target.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
                target.Position = to;
                target.Write(buffer, 0, read);
                from += read;
                to += read;
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        target.SetLength(to + left);
    }

    // A part begins with a tag where it was made as a file of its own.
    private long TagLength()
    {
        byte[] head = new byte[TagHeader];
        target.Position = _start;
        return target.Read(head, 0, head.Length) == head.Length && head.AsSpan().StartsWith("ID3"u8)
            ? TagHeader + ((head[6] & 0x7F) << 21 | (head[7] & 0x7F) << 14 | (head[8] & 0x7F) << 7 | (head[9] & 0x7F))
            : 0;
    }

    private void Write(long place, long number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Math.Min(uint.MaxValue, number));
        target.Position = place;
        target.Write(bytes, 0, bytes.Length);
    }
}
