using System.Collections.Concurrent;
using System.Text;

namespace ChatPS.Client.Tests;

/// <summary>A proxy that, whatever host it is asked for, hands requests on to one server. It can ask who is calling.</summary>
internal sealed class ProxyServer : Relay
{
    private readonly Uri _target;
    private readonly string? _credentials;
    private readonly ConcurrentQueue<string> _requests = new();

    private ProxyServer(Uri target, string? credentials)
    {
        _target = target;
        _credentials = credentials;
        Begin();
    }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The heads of all requests, those that were turned away included.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Starts a proxy.</summary>
    /// <param name="target">The server behind it.</param>
    /// <param name="credentials">"user:password" of those that it lets through; null for all.</param>
    public static ProxyServer Start(Uri target, string? credentials = null) => new(target, credentials);

    protected override async Task ServeAsync(Stream client)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await client.ReadExactlyAsync(one, Stopping);
            head.Append((char)one[0]);
        }

        string request = head.ToString();
        _requests.Enqueue(request);
        if (_credentials is not null && !request.Contains($"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_credentials))}\r\n", StringComparison.OrdinalIgnoreCase))
        {
            await WriteAsync("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
        else if (request.StartsWith("CONNECT ", StringComparison.Ordinal))
        {
            await WriteAsync("HTTP/1.1 200 Connected\r\n\r\n");
            await TunnelAsync(client, _target);
        }
        else
        {
            await TunnelAsync(client, _target, Encoding.ASCII.GetBytes(request));
        }

        async Task WriteAsync(string text) => await client.WriteAsync(Encoding.ASCII.GetBytes(text), Stopping);
    }
}
