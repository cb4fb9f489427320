using System.Runtime.InteropServices;

namespace System.IO;

// Overloads of .NET 8 that .NET Framework does not have, for memory that is an array.
internal static class StreamExtensions
{
    public static Task<int> ReadAsync(this Stream stream, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ArraySegment<byte> array = Array(buffer);
        return stream.ReadAsync(array.Array!, array.Offset, array.Count, cancellationToken);
    }

    public static Task WriteAsync(this Stream stream, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ArraySegment<byte> array = Array(buffer);
        return stream.WriteAsync(array.Array!, array.Offset, array.Count, cancellationToken);
    }

    private static ArraySegment<byte> Array(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> array) ? array : throw new NotSupportedException();
}
