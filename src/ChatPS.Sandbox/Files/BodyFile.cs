namespace ChatPS.Sandbox.Files;

/// <summary>
/// The body of a request, on the disk: it is never whole in memory. What is nothing but zeros is left out as a hole, where the
/// file system knows such, so that a test may send far more than the disk has room for.
/// </summary>
/// <param name="path">The file, which goes with this unless somebody keeps it.</param>
internal sealed class BodyFile(string path) : IBodySink, IDisposable
{
    private const int BlockSize = 64 * 1024;

    private static readonly byte[] Zeros = new byte[BlockSize];

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
    private readonly byte[] _block = new byte[BlockSize];
    private int _filled;
    private bool _isKept;

    public long Taken { get; private set; }

    /// <summary>The bytes, once all have come.</summary>
    public FileContent Content => new(Whole);

    /// <summary>The whole file as a piece.</summary>
    public FileSegment Whole => new(path, 0, Taken);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Taken += bytes.Length;
        while (!bytes.IsEmpty)
        {
            int size = Math.Min(bytes.Length, BlockSize - _filled);
            bytes.Slice(0, size).CopyTo(_block.AsSpan(_filled));
            bytes = bytes.Slice(size);
            _filled += size;
            if (_filled == BlockSize)
            {
                WriteBlock();
            }
        }
    }

    /// <summary>Ends the file: from now on it is only read.</summary>
    public void End()
    {
        WriteBlock();
        _file.SetLength(Taken);
        _file.Dispose();
    }

    /// <summary>Says that the file belongs to somebody else now.</summary>
    public void Keep() => _isKept = true;

    public void Dispose()
    {
        _file.Dispose();
        if (!_isKept)
        {
            new FileContent(Whole).Delete();
        }
    }

    private void WriteBlock()
    {
        if (_block.AsSpan(0, _filled).SequenceEqual(Zeros.AsSpan(0, _filled)))
        {
            _file.Seek(_filled, SeekOrigin.Current);
        }
        else
        {
            _file.Write(_block, 0, _filled);
        }

        _filled = 0;
    }
}
