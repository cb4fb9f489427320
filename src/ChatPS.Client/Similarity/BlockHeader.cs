using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ChatPS.Client.Similarity;

/// <summary>
/// What stands before a block. It is written when the block itself is on the disk: until then there are zeros in its place, and the
/// block is not there.
/// </summary>
/// <param name="Count">How many vectors it has.</param>
/// <param name="First">The place of the first one in the file.</param>
/// <param name="RecordBytes">The bytes of its texts and properties.</param>
/// <param name="Checksum">The checksum of the block.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BlockHeader(int Count, long First, long RecordBytes, ulong Checksum)
{
    /// <summary>Its bytes.</summary>
    public const int Length = BlockLayout.Alignment;

    private const int ChecksumAt = Length - 8;

    // "VecBlock".
    private const ulong Magic = 0x6B63_6F6C_4263_6556;

    /// <summary>Writes it.</summary>
    /// <param name="seed">What the checksums of the file begin with.</param>
    /// <returns>The bytes.</returns>
    public byte[] Write(ulong seed)
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), First);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), RecordBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), Checksum);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(ChecksumAt), BlockChecksum.Of(bytes.AsSpan(0, ChecksumAt), seed));
        return bytes;
    }

    /// <summary>Reads it.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">What the checksums of the file begin with.</param>
    /// <param name="header">What they say.</param>
    /// <returns>Whether they are those of a header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ulong seed, out BlockHeader header)
    {
        long count = BinaryPrimitives.ReadInt64LittleEndian(bytes.Slice(8));
        header = new BlockHeader(
            (int)Math.Max(0, Math.Min(int.MaxValue, count)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.Slice(16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.Slice(24)),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(32)));
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) == Magic
            && BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(ChecksumAt)) == BlockChecksum.Of(bytes.Slice(0, ChecksumAt), seed)
            && count is > 0 and <= int.MaxValue;
    }
}
