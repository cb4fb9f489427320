using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatPS.Bench;

/// <summary>A loopback server that gives every request the same bytes, so that next to nothing of what is measured is its own.</summary>
internal sealed class CannedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private readonly CancellationTokenSource _stop = new();

    public CannedServer(string contentType, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        _answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {bytes.Length}\r\nx-request-id: req_1\r\n\r\n"), .. bytes];
        _listener.Start();
        BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
        _ = AcceptAsync();
    }

    public Uri BaseUri { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken token = _stop.Token;
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(token), token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken token)
    {
        using (socket)
        {
            socket.NoDelay = true;
            byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
            try
            {
                int filled = 0;
                while (true)
                {
                    int read = await socket.ReceiveAsync(buffer.AsMemory(filled), token);
                    if (read == 0)
                    {
                        return;
                    }

                    filled += read;
                    if (IsWhole(buffer.AsSpan(0, filled)))
                    {
                        filled = 0;
                        await socket.SendAsync(_answer, token);
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // A client that left, or the end.
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        int head = request.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        int field = request.IndexOf("Content-Length: "u8);
        int body = 0;
        return field < 0
            || field > head
            || !System.Buffers.Text.Utf8Parser.TryParse(request[(field + "Content-Length: "u8.Length)..], out body, out _)
            || request.Length >= head + 4 + body;
    }
}
