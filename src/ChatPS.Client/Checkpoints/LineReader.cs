namespace ChatPS.Client.Checkpoints;

/// <summary>Reads the lines of a file as bytes, and knows where each lies. Holds one line at a time, and none that is far longer than any that was ever written.</summary>
/// <param name="stream">The file.</param>
/// <param name="longestLine">The most bytes of a line; of a longer one only its place is told.</param>
internal sealed class LineReader(Stream stream, int longestLine = 256 * 1024 * 1024)
{
    private const int FirstSize = 64 * 1024;

    private byte[] _buffer = new byte[Math.Min(FirstSize, longestLine)];
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

    /// <summary>Whether the line is too long to be held: <see cref="Line"/> is empty then.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes to the next line.</summary>
    /// <returns>False at the end of the stream.</returns>
    public bool Read()
    {
        IsTooLong = false;
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
            if (searched >= longestLine)
            {
                PassOver();
                return true;
            }

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

    private void PassOver()
    {
        IsTooLong = true;
        Line = default;
        IsEnded = false;
        Offset = Next;
        while (!IsEnded)
        {
            int newLine = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            IsEnded = newLine >= 0;
            Next += IsEnded ? newLine + 1 - _start : _end - _start;
            _start = IsEnded ? newLine + 1 : _end;
            if (!IsEnded && !Fill())
            {
                return;
            }
        }
    }

    // Moves what is left to the front, then reads behind it.
    private bool Fill()
    {
        int left = _end - _start;
        if (left == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, longestLine));
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
