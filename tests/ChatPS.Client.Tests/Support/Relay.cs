using System.Net;
using System.Net.Sockets;

namespace ChatPS.Client.Tests;

/// <summary>A server that hands bytes on to another one. What it does before that is up to those who derive from it.</summary>
internal abstract class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    protected Relay() => _listener.Start();

    protected int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    protected CancellationToken Stopping => _stop.Token;

    public virtual void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    protected abstract Task ServeAsync(Stream client);

    protected void Begin() => _ = AcceptAsync();

    protected async Task TunnelAsync(Stream client, Uri target, byte[]? first = null)
    {
        using TcpClient server = new();
        await server.ConnectAsync(target.Host, target.Port, Stopping);
        await using NetworkStream stream = server.GetStream();
        await stream.WriteAsync(first ?? [], Stopping);
        await Task.WhenAny(client.CopyToAsync(stream, Stopping), stream.CopyToAsync(client, Stopping));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = GuardAsync(await _listener.AcceptTcpClientAsync(Stopping));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task GuardAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away or was not let in, or the test is over.
        }
    }
}
