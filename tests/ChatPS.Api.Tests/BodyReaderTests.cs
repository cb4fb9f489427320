using System.Net;
using System.Text;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Tests;

public sealed class BodyReaderTests
{
    private const string Text = "{\"id\":\"笑话\"}";

    [Theory]
    [InlineData("utf-8", "application/json")]
    [InlineData("utf-8", "application/json; charset=utf-8")]
    [InlineData("utf-8", "application/json; charset=\"UTF8\"")]
    [InlineData("utf-8", "application/json; charset=klingon")]
    [InlineData("utf-8", null)]
    [InlineData("utf-16", "application/json; charset=utf-16")]
    [InlineData("gb18030", "application/json; charset=gb18030")]
    public async Task ReadAsync_AnyCharset_IsDecoded(string encoding, string? contentType)
    {
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes(Text);

        Assert.Equal(Text, await BodyReader.ReadAsync(Content(bytes, contentType), 1000, default));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task ReadAsync_ByteOrderMark_DecidesAndIsDropped(string encoding)
    {
        var marked = Encoding.GetEncoding(encoding);

        Assert.Equal(Text, await BodyReader.ReadAsync(Content([.. marked.GetPreamble(), .. marked.GetBytes(Text)], "application/json; charset=utf-8"), 1000, default));
    }

    [Fact]
    public async Task ReadAsync_LargeBody_IsWhole()
    {
        var text = string.Concat(Enumerable.Repeat("你好", 50_000));

        Assert.Equal(text, await BodyReader.ReadAsync(Content(Encoding.UTF8.GetBytes(text), null), 1_000_000, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_LargerThanAllowed_Throws(bool announced)
    {
        using HttpContent content = announced ? Content(new byte[101], null) : new UnannouncedContent(new MemoryStream(new byte[101]));

        await Assert.ThrowsAsync<AnswerTooLargeException>(() => BodyReader.ReadAsync(content, 100, default));
    }

    [Fact]
    public async Task ReadAsync_WithoutEnd_ReadsLittleMoreThanAllowed()
    {
        var endless = new EndlessStream();

        await Assert.ThrowsAsync<AnswerTooLargeException>(() => BodyReader.ReadAsync(new UnannouncedContent(endless), 1_000_000, default));

        Assert.InRange(endless.Given, 1_000_001, 1_100_000);
    }

    [Fact]
    public async Task ReadAsync_CancelledWhileReading_IsCancellationAndTakesNothingAwayFromTheRead()
    {
        using var source = new CancellationTokenSource();
        var stalled = new StalledStream();
        var reading = BodyReader.ReadAsync(new UnannouncedContent(stalled), 100, source.Token);
        await stalled.Reading;

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.False(stalled.WasDisposedWhileRead);
    }

    private static ByteArrayContent Content(byte[] bytes, string? contentType)
    {
        var content = new ByteArrayContent(bytes);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return content;
    }

    private sealed class UnannouncedContent(Stream stream) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(stream);

        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) => stream.CopyToAsync(target);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Given += buffer.Length;
            return new ValueTask<int>(buffer.Length);
        }
    }

    /// <summary>A stream that tells when it is read, and gives nothing until the read is cancelled.</summary>
    private sealed class StalledStream : MemoryStream
    {
        private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isRead;

        public Task Reading => _reading.Task;

        public bool WasDisposedWhileRead { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _isRead = true;
            _reading.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return 0;
            }
            finally
            {
                // Whoever else hears of the cancellation comes first.
                await Task.Yield();
                _isRead = false;
            }
        }

        protected override void Dispose(bool disposing)
        {
            WasDisposedWhileRead |= _isRead;
            base.Dispose(disposing);
        }
    }
}
