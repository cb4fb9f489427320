namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>A stream of which the beginning has been read already.</summary>
/// <param name="begun">The beginning.</param>
/// <param name="rest">What follows.</param>
internal sealed class BegunStream(byte[] begun, Stream rest) : Stream
{
    private int _place;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count)) is > 0 and var taken ? taken : rest.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Take(buffer.AsSpan(offset, count)) is > 0 and var taken ? Task.FromResult(taken) : rest.ReadAsync(buffer, offset, count, cancellationToken);

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Take(buffer.Span) is > 0 and var taken ? new ValueTask<int>(taken) : rest.ReadAsync(buffer, cancellationToken);
#endif

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Take(Span<byte> target)
    {
        int count = Math.Min(target.Length, begun.Length - _place);
        begun.AsSpan(_place, count).CopyTo(target);
        _place += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
