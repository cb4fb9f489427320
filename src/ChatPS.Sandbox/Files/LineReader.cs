namespace ChatPS.Sandbox.Files;

/// <summary>Reads a file line by line, each of which ends with a line feed; the last one need not.</summary>
/// <param name="stream">The file.</param>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Where the next line begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its end; it is good until the next one is read.</param>
    /// <returns>Whether there was one.</returns>
    public bool Read(out ReadOnlyMemory<byte> line)
    {
        int searched = 0;
        int length;
        while ((length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n')) < 0 && !_isAtEnd)
        {
            searched = _end - _start;
            Fill();
        }

        length = length < 0 ? _end - _start : searched + length;
        bool hasLine = _end > _start;
        line = _buffer.AsMemory(_start, length);
        int taken = Math.Min(length + 1, _end - _start);
        _start += taken;
        Offset += taken;
        return hasLine;
    }

    private void Fill()
    {
        Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
    }
}
