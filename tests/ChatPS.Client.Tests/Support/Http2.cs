using System.Buffers.Binary;
using System.Text;

namespace ChatPS.Client.Tests;

/// <summary>As much of HTTP/2 as it takes to answer each request alike.</summary>
internal static class Http2
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const byte Acknowledge = 1;

    // Entry 8 of the table that every client knows: ":status: 200".
    private const byte Status200 = 0x88;

    public static async Task AnswerAsync(Stream stream, string body, CancellationToken cancellationToken)
    {
        byte[] preface = new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length];
        await stream.ReadExactlyAsync(preface, cancellationToken);
        await WriteAsync(stream, Settings, 0, 0, []);
        byte[] head = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(head, cancellationToken);
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], cancellationToken);
            (byte type, byte flags, int id) = (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)));
            if (type == Settings && (flags & Acknowledge) == 0)
            {
                await WriteAsync(stream, Settings, Acknowledge, 0, []);
            }
            else if (type is Data or Headers && (flags & EndStream) != 0)
            {
                await WriteAsync(stream, Headers, EndHeaders, id, [Status200]);
                await WriteAsync(stream, Data, EndStream, id, Encoding.UTF8.GetBytes(body));
            }
        }

        async Task WriteAsync(Stream target, byte type, byte flags, int id, byte[] payload)
        {
            byte[] frame = [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, 0, .. payload];
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
            await target.WriteAsync(frame, cancellationToken);
        }
    }
}
