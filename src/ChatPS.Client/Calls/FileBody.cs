using System.Net;

namespace ChatPS.Client.Calls;

/// <summary>A file, or a part of one, as the body of a request: it is read anew with every attempt, and never whole in memory.</summary>
/// <param name="path">The full path.</param>
/// <param name="offset">Where the part begins.</param>
/// <param name="length">How many bytes it has.</param>
internal sealed class FileBody(string path, long offset, long length) : HttpContent
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Gets what goes before it, such as the header that a part needs.</summary>
    public byte[] Head { get; init; } = [];

    /// <summary>Gets who hears how many bytes have gone in this attempt, and of how many; null for nobody.</summary>
    public Action<long, long>? Sent { get; init; }

    /// <summary>Makes the body of a whole file.</summary>
    /// <param name="path">The full path.</param>
    public FileBody(string path)
        : this(path, 0, new FileInfo(path).Length)
    {
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
        file.Position = offset;
        await stream.WriteAsync(Head.AsMemory());
        byte[] buffer = new byte[BufferSize];
        for (long left = length; left > 0;)
        {
            int read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)));
            if (read == 0)
            {
                throw new IOException($"'{path}' has become shorter while it was read.");
            }

            await stream.WriteAsync(buffer.AsMemory(0, read));
            left -= read;
            Sent?.Invoke(Head.Length + length - left, Head.Length + length);
        }
    }

    protected override bool TryComputeLength(out long bytes)
    {
        bytes = Head.Length + length;
        return true;
    }
}
