using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ChatPS.Client.Similarity;

/// <summary>An open file of vectors: mapped and checked, but not read. Texts are decoded one by one, as they are asked for.</summary>
public sealed class VectorFile : IDisposable
{
    private readonly MappedBytes _bytes;
    private readonly VectorFileScan _scan;

    private VectorFile(string path, VectorFileScan scan, MappedBytes bytes)
    {
        Path = path;
        _scan = scan;
        _bytes = bytes;
        Blocks = [.. scan.Blocks.Select(Block)];
    }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The model that made the vectors; empty if that is not known.</summary>
    public string Model => _scan.Header.Model;

    /// <summary>How many numbers each has.</summary>
    public int Dimension => _scan.Header.Dimension;

    /// <summary>How many there are.</summary>
    public long Count => _scan.Count;

    /// <summary>How many bytes at the end belong to a block that was not finished, and are left out: 0 in most cases.</summary>
    public long TornBytes => _scan.TornBytes;

    /// <summary>The vectors.</summary>
    internal IReadOnlyList<VectorBlock> Blocks { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ChatServiceException">There is none, it is none of ours, it is damaged, or it cannot be read.</exception>
    public static VectorFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw VectorFileFaults.Missing(path);
        }

        Files.OrdinaryFile.Require(path, "-Path");

        try
        {
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            MappedBytes? bytes = null;
            try
            {
                if (stream.Length == 0)
                {
                    throw VectorFileFaults.Empty(path);
                }

                VectorFileScan scan = VectorFileScan.Read(stream, path);
                bytes = new MappedBytes(stream, scan.End);
                Verify(path, scan, bytes);
                return new VectorFile(path, scan, bytes);
            }
            catch
            {
                bytes?.Dispose();
                stream.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw VectorFileFaults.Unusable(path, exception);
        }
    }

    /// <summary>Gives a vector.</summary>
    /// <param name="place">Its place in the file, from 0.</param>
    /// <returns>A copy of it.</returns>
    public float[] Vector(long place)
    {
        (int block, int row) = Find(place);
        return Blocks[block].Vector(row).ToArray();
    }

    /// <summary>Reads the text of a vector, and what was kept with it.</summary>
    /// <param name="place">The vector's place in the file, from 0.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ChatServiceException">There is none where it should be.</exception>
    public VectorRecord Record(long place)
    {
        (int index, int row) = Find(place);
        (BlockHeader header, long start) = _scan.Blocks[index];
        BlockLayout layout = new(Dimension, header.Count, _scan.Header.HasCodes, header.RecordBytes);
        ReadOnlySpan<int> ends = _bytes.Part<int>(start + layout.Ends, header.Count).Span;
        ReadOnlySpan<byte> records = _bytes.Part<byte>(start + layout.Records, header.RecordBytes).Span;
        int begin = row == 0 ? 0 : ends[row - 1];
        int end = ends[row];
        VectorRecord? record = begin >= 0 && begin <= end && end <= records.Length ? VectorRecord.Read(records.Slice(begin, end - begin)) : null;
        return record ?? throw VectorFileFaults.Damaged(Path, FormattableString.Invariant($"the text of vector {place} cannot be read"));
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>The place in the file of what was found.</summary>
    /// <param name="block">The block, from 0.</param>
    /// <param name="row">The vector's place in it, from 0.</param>
    /// <returns>The place, from 0.</returns>
    internal long Place(int block, int row) => _scan.Blocks[block].Header.First + row;

    // A flipped bit would give a wrong neighbour, and nobody would know.
    private static void Verify(string path, VectorFileScan scan, MappedBytes bytes)
    {
        ulong seed = scan.Header.Seed;
        ConcurrentBag<long> damaged = [];
        try
        {
            Parallel.ForEach(scan.Blocks, block =>
            {
                long length = new BlockLayout(scan.Header.Dimension, block.Header.Count, scan.Header.HasCodes, block.Header.RecordBytes).Length;
                if (BlockChecksum.Of(bytes.Part<byte>(block.Start, length).Span, seed) != block.Header.Checksum)
                {
                    damaged.Add(block.Start);
                }
            });
        }
        catch (AggregateException exception) when (exception.InnerException is ChatServiceException failure)
        {
            ExceptionDispatchInfo.Capture(failure).Throw();
        }

        if (!damaged.IsEmpty)
        {
            throw VectorFileFaults.Damaged(path, FormattableString.Invariant($"the block at byte {damaged.Min()} was changed"));
        }
    }

    private VectorBlock Block((BlockHeader Header, long Start) block)
    {
        (BlockHeader header, long start) = block;
        int count = header.Count;
        BlockLayout layout = new(Dimension, count, _scan.Header.HasCodes, header.RecordBytes);
        return new VectorBlock(
            Dimension,
            count,
            _bytes.Part<float>(start, layout.Stride * count),
            _bytes.Part<float>(start + layout.Norms, count),
            _bytes.Part<sbyte>(start + layout.Codes, layout.CodeStride * count),
            _bytes.Part<float>(start + layout.Scales, _scan.Header.HasCodes ? count : 0));
    }

    private (int Block, int Row) Find(long place)
    {
        int low = 0;
        int high = _scan.Blocks.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _scan.Blocks[middle].Header.First <= place ? (middle, high) : (low, middle - 1);
        }

        long row = high < 0 ? -1 : place - _scan.Blocks[low].Header.First;
        return row >= 0 && row < _scan.Blocks[low].Header.Count ? (low, (int)row) : throw new ArgumentOutOfRangeException(nameof(place));
    }
}
