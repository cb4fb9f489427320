using System.Net.Sockets;

namespace ChatPS.Sandbox.Http;

/// <summary>The bytes of one connection.</summary>
internal sealed class Transport(Socket socket) : IDisposable
{
#if NET8_0_OR_GREATER
    public ValueTask<int> ReceiveAsync(byte[] buffer, int offset, int count) =>
        socket.ReceiveAsync(buffer.AsMemory(offset, count), SocketFlags.None);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes.Slice(await socket.SendAsync(bytes, SocketFlags.None));
        }
    }
#else
    public async ValueTask<int> ReceiveAsync(byte[] buffer, int offset, int count) =>
        await socket.ReceiveAsync(new ArraySegment<byte>(buffer, offset, count), SocketFlags.None);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> rest);
        while (rest.Count > 0)
        {
            int sent = await socket.SendAsync(rest, SocketFlags.None);
            rest = new ArraySegment<byte>(rest.Array!, rest.Offset + sent, rest.Count - sent);
        }
    }
#endif

    public void ShutdownSend() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes so that the peer sees a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();
}
