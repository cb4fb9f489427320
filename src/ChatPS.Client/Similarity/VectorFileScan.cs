namespace ChatPS.Client.Similarity;

/// <summary>What lies where in a file of vectors, by its headers alone.</summary>
internal sealed class VectorFileScan
{
    private const int StepBytes = 64 * 1024;

    private VectorFileScan(VectorFileHeader header, List<(BlockHeader Header, long Start)> blocks, long end, long tornBytes)
    {
        Header = header;
        Blocks = blocks;
        End = end;
        TornBytes = tornBytes;
        Count = blocks.Count == 0 ? 0 : blocks[blocks.Count - 1].Header.First + blocks[blocks.Count - 1].Header.Count;
    }

    public VectorFileHeader Header { get; }

    /// <summary>The blocks, each with the place where its vectors begin.</summary>
    public IReadOnlyList<(BlockHeader Header, long Start)> Blocks { get; }

    /// <summary>Where the last block ends.</summary>
    public long End { get; }

    /// <summary>How many bytes lie behind it: those of a block that was not finished.</summary>
    public long TornBytes { get; }

    /// <summary>How many vectors there are.</summary>
    public long Count { get; }

    /// <summary>Goes through a file from one header to the next.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="path">Its path, for the error.</param>
    /// <returns>What lies where.</returns>
    /// <exception cref="ChatServiceException">It is no file of vectors, or damaged.</exception>
    public static VectorFileScan Read(FileStream stream, string path)
    {
        stream.Position = 0;
        VectorFileHeader header = VectorFileHeader.Read(stream, path);
        ulong seed = header.Seed;
        List<(BlockHeader Header, long Start)> blocks = [];
        byte[] bytes = new byte[BlockHeader.Length];
        long length = stream.Length;
        long end = stream.Position;
        long count = 0;
        while (length - end >= BlockHeader.Length)
        {
            stream.Position = end;
            if (!TryFill(stream, bytes) || Array.TrueForAll(bytes, one => one == 0))
            {
                break;
            }

            if (!BlockHeader.TryRead(bytes, seed, out BlockHeader block) || block.First != count || block.RecordBytes < 0 || block.RecordBytes > BlockLayout.LargestBlock)
            {
                throw VectorFileFaults.Damaged(path, FormattableString.Invariant($"what stands at byte {end} is no block"));
            }

            long blockLength = new BlockLayout(header.Dimension, block.Count, header.HasCodes, block.RecordBytes).Length;
            if (blockLength > BlockLayout.LargestBlock)
            {
                throw VectorFileFaults.Damaged(path, FormattableString.Invariant($"the block at byte {end} is too large"));
            }

            if (blockLength > length - end - BlockHeader.Length)
            {
                break;
            }

            blocks.Add((block, end + BlockHeader.Length));
            count += block.Count;
            end += BlockHeader.Length + blockLength;
        }

        // One unfinished block is the work of a kill; more is not, nor is one with a whole block behind it.
        return length - end <= BlockHeader.Length + BlockLayout.LargestBlock && !HasBlockBehind(stream, end, seed)
            ? new VectorFileScan(header, blocks, end, length - end)
            : throw VectorFileFaults.Damaged(path, FormattableString.Invariant($"what stands at byte {end} is no block"));
    }

    private static bool HasBlockBehind(FileStream stream, long end, ulong seed)
    {
        for (long place = end + BlockHeader.Length; place + BlockHeader.Length <= stream.Length; place += StepBytes)
        {
            byte[] some = new byte[Math.Min(StepBytes, stream.Length - place)];
            stream.Position = place;
            TryFill(stream, some);
            for (int at = 0; at + BlockHeader.Length <= some.Length; at += BlockLayout.Alignment)
            {
                if (BlockHeader.TryRead(some.AsSpan(at, BlockHeader.Length), seed, out _))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Fills an array.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="bytes">The array.</param>
    /// <returns>Whether there was enough.</returns>
    public static bool TryFill(Stream stream, byte[] bytes)
    {
        int filled = 0;
        for (int read = 1; filled < bytes.Length && read > 0; filled += read)
        {
            read = stream.Read(bytes, filled, bytes.Length - filled);
        }

        return filled == bytes.Length;
    }
}
