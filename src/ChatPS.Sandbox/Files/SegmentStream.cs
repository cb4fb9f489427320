namespace ChatPS.Sandbox.Files;

/// <summary>Reads pieces of files one after the other.</summary>
/// <param name="segments">The pieces in their order.</param>
internal sealed class SegmentStream(IEnumerable<FileSegment> segments) : Stream
{
    private readonly IEnumerator<FileSegment> _segments = segments.GetEnumerator();
    private FileStream? _file;
    private long _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_rest == 0)
        {
            if (!Open())
            {
                return 0;
            }
        }

        int read = _file!.Read(buffer, offset, (int)Math.Min(count, _rest));
        _rest -= read;
        return read > 0 ? read : throw new EndOfStreamException("A file of the sandbox is shorter than it was.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
            _segments.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Open()
    {
        if (!_segments.MoveNext())
        {
            return false;
        }

        _file?.Dispose();
        FileSegment segment = _segments.Current;
        _file = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _file.Seek(segment.Offset, SeekOrigin.Begin);
        _rest = segment.Length;
        return true;
    }
}
