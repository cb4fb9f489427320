namespace ChatPS.Client.Checkpoints;

/// <summary>Reads the lines of a file as bytes, and knows where each lies. Holds one line at a time.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int FirstSize = 64 * 1024;

    // Beyond it, arrays end.
    private const int LongestLine = 1024 * 1024 * 1024;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;

    /// <summary>Where the line begins in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public long Next { get; private set; }

    /// <summary>The line without its end. Valid until the next one is read.</summary>
    public ArraySegment<byte> Line { get; private set; }

    /// <summary>Whether the line has an end, or merely stops with the stream.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Goes to the next line.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="IOException">A line is too long to be held.</exception>
    public bool Read()
    {
        int searched = _start;
        while (true)
        {
            int newLine = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (newLine >= 0)
            {
                Take(newLine - _start, isEnded: true);
                return true;
            }

            searched = _end - _start;
            if (!Fill())
            {
                Take(searched, isEnded: false);
                return searched > 0;
            }
        }
    }

    private void Take(int length, bool isEnded)
    {
        Line = new ArraySegment<byte>(_buffer, _start, length);
        IsEnded = isEnded;
        Offset = Next;
        _start += length + (isEnded ? 1 : 0);
        Next = Offset + length + (isEnded ? 1 : 0);
    }

    // Moves what is left to the front, then reads behind it.
    private bool Fill()
    {
        int left = _end - _start;
        if (left == _buffer.Length)
        {
            if (left >= LongestLine)
            {
                throw new IOException("A line of the file is longer than 1 GB.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        else
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, left);
        }

        _start = 0;
        int count = stream.Read(_buffer, left, _buffer.Length - left);
        _end = left + count;
        return count > 0;
    }
}
