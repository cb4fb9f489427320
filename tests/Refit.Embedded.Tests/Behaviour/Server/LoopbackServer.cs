using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Refit.Behaviour;

/// <summary>An HTTP server on loopback that keeps each request and answers all alike, one connection a request.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public LoopbackServer()
    {
        _listener.Start();
        BaseAddress = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _loop = AcceptAsync();
    }

    public Uri BaseAddress { get; }

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    /// <summary>The only request so far.</summary>
    public ReceivedRequest Request => Assert.Single(Requests);

    /// <summary>Writes the answer.</summary>
    public Func<Stream, CancellationToken, Task> Answer { get; set; } = Fixed(200, "OK", "application/json", "{}");

    public static Func<Stream, CancellationToken, Task> Fixed(int status, string reason, string? mediaType, string body, string headers = "") => async (stream, token) =>
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        await stream.WriteAsync(Head(status, reason, mediaType, content.Length, headers), token);
        await stream.WriteAsync(content, token);
    };

    public static byte[] Head(int status, string reason, string? mediaType, int length, string headers = "")
    {
        string type = mediaType is null ? "" : $"Content-Type: {mediaType}\r\n";
        return Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {reason}\r\n{type}{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using TcpClient client = connection;
        try
        {
            await using NetworkStream stream = client.GetStream();
            Requests.Enqueue(await ReadAsync(stream, _stop.Token));
            await Answer(stream, _stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client went away, or the test is over.
        }
    }

    private static async Task<ReceivedRequest> ReadAsync(Stream stream, CancellationToken token)
    {
        string[] start = (await ReadLineAsync(stream, token)).Split(' ');
        List<KeyValuePair<string, string>> headers = [];
        for (string line = await ReadLineAsync(stream, token); line.Length > 0; line = await ReadLineAsync(stream, token))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new KeyValuePair<string, string>(line[..colon], line[(colon + 1)..].Trim()));
        }

        ReceivedRequest head = new(start[0], start[1], headers, []);
        return head with { Body = await ReadBodyAsync(stream, head, token) };
    }

    private static async Task<byte[]> ReadBodyAsync(Stream stream, ReceivedRequest head, CancellationToken token)
    {
        if (head["Transfer-Encoding"] != "chunked")
        {
            byte[] body = new byte[int.Parse(head["Content-Length"] ?? "0", CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, token);
            return body;
        }

        using MemoryStream whole = new();
        while (true)
        {
            byte[] chunk = new byte[int.Parse(await ReadLineAsync(stream, token), NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(chunk, token);
            await ReadLineAsync(stream, token);
            if (chunk.Length == 0)
            {
                return whole.ToArray();
            }

            whole.Write(chunk);
        }
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken token)
    {
        List<byte> line = [];
        byte[] one = new byte[1];
        while (one[0] != '\n')
        {
            await stream.ReadExactlyAsync(one, token);
            line.Add(one[0]);
        }

        return Encoding.Latin1.GetString([.. line]).TrimEnd('\r', '\n');
    }
}
