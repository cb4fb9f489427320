using System.Buffers.Binary;
using System.Text;

namespace ChatPS.Client.Similarity;

/// <summary>The beginning of a file of vectors: what they are.</summary>
/// <param name="Model">The model that made them; empty if that is not known.</param>
/// <param name="Dimension">How many numbers each has.</param>
/// <param name="HasCodes">Whether they lie there as bytes, too.</param>
internal sealed record VectorFileHeader(string Model, int Dimension, bool HasCodes)
{
    /// <summary>The bytes that every file has at least.</summary>
    public const int FixedLength = BlockLayout.Alignment;

    /// <summary>The most bytes of a model's name.</summary>
    public const int LongestModel = 1024;

    private const int Version = 1;
    private const int ChecksumAt = FixedLength - 8;

    // "ChatPSv", and a byte that text has not.
    private const ulong Magic = 0x1A76_5350_7461_6843;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the checksums of the blocks begin with: a block of another file is none of this one's.</summary>
    public ulong Seed => BinaryPrimitives.ReadUInt64LittleEndian(Write().AsSpan(ChecksumAt));

    /// <summary>Writes it.</summary>
    /// <returns>The bytes.</returns>
    public byte[] Write()
    {
        byte[] model = Encoding.UTF8.GetBytes(Model);
        byte[] bytes = new byte[FixedLength + BlockLayout.Up(model.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Dimension);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), HasCodes ? 1 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), model.Length);
        model.CopyTo(bytes, FixedLength);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(ChecksumAt), BlockChecksum.Of(bytes, seed: 0));
        return bytes;
    }

    /// <summary>Reads it.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="path">Its path, for the error.</param>
    /// <returns>The header; the file stands behind it.</returns>
    /// <exception cref="ChatServiceException">It is none of ours, or damaged.</exception>
    public static VectorFileHeader Read(Stream stream, string path)
    {
        byte[] start = new byte[FixedLength];
        if (!VectorFileScan.TryFill(stream, start) || BinaryPrimitives.ReadUInt64LittleEndian(start) != Magic)
        {
            throw VectorFileFaults.Foreign(path);
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        int modelLength = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(20));
        byte[] bytes = new byte[FixedLength + (modelLength is >= 0 and <= LongestModel ? BlockLayout.Up(modelLength) : 0)];
        start.CopyTo(bytes, 0);
        byte[] model = new byte[bytes.Length - FixedLength];
        if (!VectorFileScan.TryFill(stream, model))
        {
            throw VectorFileFaults.Damaged(path, "its beginning is broken off");
        }

        model.CopyTo(bytes, FixedLength);
        ulong checksum = BinaryPrimitives.ReadUInt64LittleEndian(start.AsSpan(ChecksumAt));
        bytes.AsSpan(ChecksumAt, 8).Clear();
        if (BlockChecksum.Of(bytes, seed: 0) != checksum)
        {
            throw version > Version ? VectorFileFaults.Newer(path) : VectorFileFaults.Damaged(path, "its beginning was changed");
        }

        int dimension = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(12));
        int flags = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(16));
        if (version != Version || flags is not (0 or 1))
        {
            throw VectorFileFaults.Newer(path);
        }

        try
        {
            return dimension is >= 1 and <= BlockLayout.MostDimensions && modelLength is >= 0 and <= LongestModel
                ? new VectorFileHeader(StrictUtf8.GetString(model, 0, modelLength), dimension, flags == 1)
                : throw VectorFileFaults.Damaged(path, "its beginning makes no sense");
        }
        catch (DecoderFallbackException)
        {
            throw VectorFileFaults.Damaged(path, "the name of its model is no text");
        }
    }
}
