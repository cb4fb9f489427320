using ChatPS.Api.Errors;

namespace ChatPS.Client.Calls;

/// <summary>
/// Lets the deadline run while a read waits, each time anew: whatever arrives, comments included, shows that the service is alive.
/// Ends a stream that brings more than an answer may.
/// </summary>
internal sealed class LivenessStream(Stream inner, Deadline deadline, long maxBytes) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        deadline.Restart();
        int read = inner.Read(buffer, offset, count);
        deadline.Pause();
        return Count(read);
    }

#if NET8_0_OR_GREATER
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        deadline.Restart();
        int read = await inner.ReadAsync(buffer, cancellationToken);
        deadline.Pause();
        return Count(read);
    }
#else
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        deadline.Restart();
        int read = await inner.ReadAsync(buffer, offset, count, cancellationToken);
        deadline.Pause();
        return Count(read);
    }
#endif

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read) => (_read += read) <= maxBytes ? read : throw new AnswerTooLargeException(maxBytes);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
