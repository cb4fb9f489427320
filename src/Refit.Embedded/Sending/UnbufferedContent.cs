using System.Net;

namespace Refit;

/// <summary>Sends a body without telling its length first.</summary>
internal sealed class UnbufferedContent : HttpContent
{
    private readonly HttpContent _content;

    public UnbufferedContent(HttpContent content)
    {
        _content = content;
        Headers.ContentType = content.Headers.ContentType;
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _content.CopyToAsync(stream, context);

#if NET8_0_OR_GREATER
    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _content.CopyToAsync(stream, context, cancellationToken);
#endif

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
