using System.Buffers;
using System.Buffers.Text;
using System.Text;
using ChatPS.Sandbox.Files;

namespace ChatPS.Sandbox.Http;

/// <summary>A growing byte array that is written front to back and used again.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>, IBodySink
{
    private const int KeptSize = 1024 * 1024;

    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    long IBodySink.Taken => Length;

    public byte[] Array => _bytes;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptSize)
        {
            _bytes = new byte[4096];
        }
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void WriteText(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, 0, text.Length, _bytes, Length);
    }

    public void WriteNumber(long number)
    {
        Utf8Formatter.TryFormat(number, GetSpan(20), out int written);
        Length += written;
    }

    public void WriteHex(int number)
    {
        Utf8Formatter.TryFormat(number, GetSpan(8), out int written, new StandardFormat('x'));
        Length += written;
    }

    private void Reserve(int count)
    {
        int needed = checked(Length + Math.Max(count, 256));
        if (needed > _bytes.Length)
        {
            System.Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length > int.MaxValue / 2 ? needed : _bytes.Length * 2));
        }
    }
}
