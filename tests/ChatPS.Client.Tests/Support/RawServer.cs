using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatPS.Client.Tests;

/// <summary>A server whose answers are written byte by byte, one script for each request; the last one serves all further requests.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawExchange, Task>[] _scripts;
    private readonly List<RawExchange> _exchanges = [];

    private RawServer(Func<RawExchange, Task>[] scripts)
    {
        _scripts = scripts;
        _listener.Start();
        BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
        _ = AcceptAsync();
    }

    public Uri BaseUri { get; }

    /// <summary>The heads of the requests so far.</summary>
    public IReadOnlyList<RawExchange> Exchanges
    {
        get
        {
            lock (_exchanges)
            {
                return [.. _exchanges];
            }
        }
    }

    public static RawServer Start(params Func<RawExchange, Task>[] scripts) => new(scripts);

    /// <summary>Starts a server that answers every request alike.</summary>
    public static RawServer Answering(int status, string body, string type = "application/json", params string[] headers) =>
        Start(Answer(status, body, type, headers));

    /// <summary>Starts a server that streams these bytes in these pieces.</summary>
    public static RawServer Streaming(params string[] pieces) => Start(async exchange =>
    {
        await exchange.StartStreamAsync();
        foreach (string piece in pieces)
        {
            await exchange.ChunkAsync(Encoding.UTF8.GetBytes(piece));
        }

        await exchange.EndStreamAsync();
    });

    public static Func<RawExchange, Task> Answer(int status, string body, string type = "application/json", params string[] headers) =>
        exchange => exchange.AnswerAsync(status, body, type, headers);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        foreach (RawExchange exchange in Exchanges)
        {
            exchange.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        RawExchange exchange = new(socket, _stop.Token);
        try
        {
            if (!await exchange.ReadRequestAsync())
            {
                exchange.Dispose();
                return;
            }

            int number;
            lock (_exchanges)
            {
                number = _exchanges.Count;
                _exchanges.Add(exchange);
            }

            await _scripts[Math.Min(number, _scripts.Length - 1)](exchange);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }
}

/// <summary>One request and the wire for its answer. Each connection serves one request.</summary>
internal sealed class RawExchange(Socket socket, CancellationToken stopping) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public int Port { get; } = ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>The request line and the headers.</summary>
    public string Head { get; private set; } = "";

    public string Body { get; private set; } = "";

    public string? Header(string name) => Head.Split("\r\n").Skip(1)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    public async Task<bool> ReadRequestAsync()
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[8192];
        int end;
        while ((end = EndOfHead(bytes)) < 0)
        {
            int read = await _stream.ReadAsync(buffer, stopping);
            if (read == 0)
            {
                return false;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
        }

        Head = Encoding.UTF8.GetString([.. bytes.Take(end)]);
        int length = int.Parse(Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        while (bytes.Count < end + 4 + length)
        {
            bytes.AddRange(buffer.AsSpan(0, await _stream.ReadAsync(buffer, stopping)));
        }

        Body = Encoding.UTF8.GetString([.. bytes.Skip(end + 4)]);
        return true;
    }

    public Task AnswerAsync(int status, string body, string type, params string[] headers)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n");
        return WriteAsync([.. Encoding.UTF8.GetBytes(head + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n"), .. content]);
    }

    public Task StartStreamAsync(string type = "text/event-stream") =>
        WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\nx-request-id: req-1\r\nConnection: close\r\n\r\n"));

    public Task ChunkAsync(string text) => ChunkAsync(Encoding.UTF8.GetBytes(text));

    public Task ChunkAsync(byte[] bytes) =>
        WriteAsync([.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n"u8]);

    public Task EndStreamAsync() => WriteAsync("0\r\n\r\n"u8.ToArray());

    public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes, stopping);

    /// <summary>Waits until the client closes the connection.</summary>
    public async Task WhenClosedAsync()
    {
        try
        {
            byte[] buffer = new byte[1];
            while (await _stream.ReadAsync(buffer, stopping) > 0)
            {
                // More of a request that nobody reads.
            }
        }
        catch (IOException)
        {
            // Reset: closed as well.
        }
    }

    /// <summary>Breaks the connection off.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _stream.Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private static int EndOfHead(List<byte> bytes)
    {
        byte[] all = [.. bytes];
        return all.AsSpan().IndexOf("\r\n\r\n"u8);
    }
}
