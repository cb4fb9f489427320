using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace ChatPS.Client.Similarity;

/// <summary>
/// The bytes of a file, where the system has mapped them. Where another program makes the file shorter, what is mapped is gone, and
/// the process with it: so the length is looked at before each part that is read, at most once in a tick of the clock.
/// </summary>
internal sealed unsafe class MappedBytes : IDisposable
{
    private readonly FileStream _stream;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private long _looked = -1;

    /// <summary>Maps a file.</summary>
    /// <param name="stream">The file, which is closed with the mapping.</param>
    /// <param name="length">How much of it, from its beginning: not more than it has.</param>
    public MappedBytes(FileStream stream, long length)
    {
        _stream = stream;
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
        Length = length;
    }

    public long Length { get; }

    /// <summary>Gives a part of it, which lives as long as the mapping does.</summary>
    /// <typeparam name="T">What lies there.</typeparam>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>The part.</returns>
    public ReadOnlyMemory<T> Part<T>(long offset, long count)
        where T : unmanaged
    {
        return offset >= 0 && count >= 0 && count <= int.MaxValue && offset <= Length - (count * sizeof(T))
            ? new Region<T>(this, (T*)(_start + offset), (int)count).Memory
            : throw new ArgumentOutOfRangeException(nameof(offset));
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _stream.Dispose();
    }

    private void RequireWhole()
    {
        if (_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            throw new ObjectDisposedException(nameof(MappedBytes));
        }

        long now = Environment.TickCount;
        if (now != _looked)
        {
            if (_stream.Length < Length)
            {
                throw VectorFileFaults.Changed(_stream.Name);
            }

            _looked = now;
        }
    }

    private sealed class Region<T>(MappedBytes owner, T* start, int count) : MemoryManager<T>
        where T : unmanaged
    {
        public override Span<T> GetSpan()
        {
            owner.RequireWhole();
            return new Span<T>(start, count);
        }

        public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

        public override void Unpin()
        {
            // The mapping does not move.
        }

        protected override void Dispose(bool disposing)
        {
            // The mapping is its owner's.
        }
    }
}
