using System.Net;
using System.Runtime.ExceptionServices;
using ChatPS.Api.Wire;

namespace ChatPS.Client.Calls;

/// <summary>
/// The body of an answer, whoever reads it whole: it ends when the call does, and at the most that is read of an answer. Refit
/// takes a body into memory before anybody else sees it, without a limit, and below .NET 9 without the token.
/// </summary>
internal sealed class AnswerContent : HttpContent
{
    private readonly HttpContent _body;
    private readonly long _maxBytes;
    private readonly CancellationToken _callToken;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Stands before a body.</summary>
    /// <param name="body">The body as it comes.</param>
    /// <param name="maxBytes">The most that is read of it.</param>
    /// <param name="callToken">Ends with the call: its caller, its time limit, its connection.</param>
    public AnswerContent(HttpContent body, long maxBytes, CancellationToken callToken)
    {
        _body = body;
        _maxBytes = maxBytes;
        _callToken = callToken;
        foreach (KeyValuePair<string, IEnumerable<string>> header in body.Headers)
        {
            // What is announced need not come, and whoever knows it reserves as much.
            if (!string.Equals(header.Key, "Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
    }

    /// <summary>Gets how many bytes are announced; null where nothing is.</summary>
    public long? AnnouncedBytes => _body.Headers.ContentLength;

    // Whoever deals with a failure reads on: there is nothing more to be had.
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _failure?.Throw();
        try
        {
            await BodyReader.CopyAsync(_body, stream, _maxBytes, _callToken);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => _body.ReadAsStreamAsync();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
