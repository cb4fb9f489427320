using ChatPS.Sandbox.Files;

namespace ChatPS.Sandbox.Http;

/// <summary>Reads requests from a connection, one after the other.</summary>
internal sealed class HttpReader(Transport transport, long maxBodyBytes)
{
    private const int MaxHeadBytes = 64 * 1024;
    private const int MaxLineBytes = 1024;

    private byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;
    private Task<int>? _watch;

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads the next head; <see langword="null"/> where the client has closed between two requests.</summary>
    public async ValueTask<HttpRequest?> ReadHeadAsync()
    {
        int scanned = 0;
        while (true)
        {
            SkipEmptyLines(scanned);
            int length = FindHeadEnd(Math.Max(0, scanned - 3));
            if (length >= 0)
            {
                HttpRequest request = HttpHeadParser.Parse(_buffer.AsSpan(_start, length + 2));
                _start += length + 4;
                return request;
            }

            scanned = _end - _start;
            if (scanned > MaxHeadBytes)
            {
                throw new HttpProtocolException(431, "The request's head is too large.");
            }

            if (!await FillAsync())
            {
                return scanned == 0 ? null : throw new HttpProtocolException(400, "The request ended within its head.");
            }
        }
    }

    /// <summary>Reads the body that belongs to a head, into memory.</summary>
    public ValueTask ReadBodyAsync(HttpRequest request, ByteBuffer body)
    {
        body.Clear();
        return ReadBodyAsync(request, body, maxBodyBytes);
    }

    /// <summary>Reads the body that belongs to a head.</summary>
    /// <param name="request">The head.</param>
    /// <param name="body">What takes the body.</param>
    /// <param name="most">The most bytes that are taken.</param>
    public async ValueTask ReadBodyAsync(HttpRequest request, IBodySink body, long most)
    {
        if (request.ContentLength > most)
        {
            throw TooLarge();
        }

        if (request.ExpectsContinue && request.ContentLength != 0 && Unread.IsEmpty)
        {
            await transport.SendAsync(Continue);
        }

        if (request.ContentLength >= 0)
        {
            await CopyAsync(request.ContentLength, body);
            return;
        }

        for (long size = await ReadChunkSizeAsync(); size > 0; size = await ReadChunkSizeAsync())
        {
            if (size > most - body.Taken)
            {
                throw TooLarge();
            }

            await CopyAsync(size, body);
            if ((await ReadLineAsync()).Length > 0)
            {
                throw new HttpProtocolException(400, "A chunk is longer than its size.");
            }
        }

        while ((await ReadLineAsync()).Length > 0)
        {
        }
    }

    /// <summary>Completes when the client closes or sends on; used while an answer takes its time.</summary>
    public Task WatchAsync() => _watch ??= StartReceive().AsTask();

    /// <summary>Whether a watch has found that the client is gone.</summary>
    public bool IsClientGone =>
        _watch is { IsCompleted: true } watch && (watch.Status != TaskStatus.RanToCompletion || WatchResult(watch) == 0);

    /// <summary>Waits until no read is under way; to be called when the connection is closed.</summary>
    public async Task FinishAsync()
    {
        try
        {
            await (_watch ?? Task.FromResult(0));
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The read ended with the connection.
        }
    }

    /// <summary>Closes the connection after an answer, in such a way that the answer arrives.</summary>
    public async ValueTask CloseAsync(TimeSpan atMost)
    {
        if (_watch is not null || !Unread.IsEmpty)
        {
            // Closing during a read, or with input unread, would reset the connection.
            await DrainAsync(atMost);
        }
    }

    /// <summary>Reads on for a moment, so that the client gets an early answer before it sees the connection close.</summary>
    public async Task DrainAsync(TimeSpan atMost)
    {
        transport.ShutdownSend();
        Task read = DiscardAsync();
        using CancellationTokenSource timeout = new();
        await Task.WhenAny(read, Task.Delay(atMost, timeout.Token));
        timeout.Cancel();
        transport.Dispose();
        await read;
    }

    private static ReadOnlyMemory<byte> Continue { get; } = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    private static HttpProtocolException TooLarge() => new(413, "The request's body is too large.");

    private static int WatchResult(Task<int> completed) => completed.GetAwaiter().GetResult();

    private async Task DiscardAsync()
    {
        try
        {
            do
            {
                _start = _end = 0;
            }
            while (await FillAsync());
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The client has reset, or the time is over.
        }
    }

    private void SkipEmptyLines(int scanned)
    {
        while (scanned == 0 && Unread.StartsWith("\r\n"u8))
        {
            _start += 2;
        }
    }

    private int FindHeadEnd(int from)
    {
        int at = Unread.Slice(Math.Min(from, Unread.Length)).IndexOf("\r\n\r\n"u8);
        return at < 0 ? -1 : at + from;
    }

    private async ValueTask CopyAsync(long count, IBodySink body)
    {
        while (count > 0)
        {
            if (Unread.IsEmpty && !await FillAsync())
            {
                throw new HttpProtocolException(400, "The request ended within its body.");
            }

            int size = (int)Math.Min(count, _end - _start);
            body.Write(Unread.Slice(0, size));
            _start += size;
            count -= size;
        }
    }

    private async ValueTask<long> ReadChunkSizeAsync()
    {
        string line = await ReadLineAsync();
        int semicolon = line.IndexOf(';');
        string digits = (semicolon < 0 ? line : line.Substring(0, semicolon)).TrimEnd();
        return digits.Length is > 0 and <= 15
            && long.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out long size)
                ? size
                : throw new HttpProtocolException(400, "A chunk size is malformed.");
    }

    private async ValueTask<string> ReadLineAsync()
    {
        while (true)
        {
            int end = Unread.IndexOf("\r\n"u8);
            if (end >= 0)
            {
                string line = System.Text.Encoding.ASCII.GetString(_buffer, _start, end);
                _start += end + 2;
                return line;
            }

            if (_end - _start > MaxLineBytes || !await FillAsync())
            {
                throw new HttpProtocolException(400, "A line of the chunked body is malformed.");
            }
        }
    }

    private async ValueTask<bool> FillAsync()
    {
        int count;
        if (_watch is { } watch)
        {
            count = await watch;
            _watch = null;
        }
        else
        {
            count = await StartReceive();
        }

        _end += count;
        return count > 0;
    }

    private ValueTask<int> StartReceive()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            byte[] target = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
            Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
            _buffer = target;
            _end -= _start;
            _start = 0;
        }

        return transport.ReceiveAsync(_buffer, _end, _buffer.Length - _end);
    }
}
