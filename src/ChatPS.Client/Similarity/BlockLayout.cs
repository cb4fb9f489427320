using System.Runtime.InteropServices;

namespace ChatPS.Client.Similarity;

/// <summary>
/// Where the parts of a block lie, in bytes from its beginning. Each part begins at a multiple of 64, so that it can be read where
/// it lies. Rows are filled up with zeros: equal vectors lie alike and give equal sums.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct BlockLayout
{
    /// <summary>What each part begins at a multiple of.</summary>
    public const int Alignment = 64;

    /// <summary>The most numbers that a vector may have.</summary>
    public const int MostDimensions = 65536;

    /// <summary>The bytes of a block's vectors at which it is full.</summary>
    public const int FullVectors = 4 * 1024 * 1024;

    /// <summary>The most bytes of a text with its properties.</summary>
    public const int LargestRecord = 16 * 1024 * 1024;

    /// <summary>The most bytes that a block can have.</summary>
    public const long LargestBlock = 64L * 1024 * 1024;

    public BlockLayout(int dimension, int count, bool hasCodes, long recordBytes)
    {
        Stride = Up(dimension * 4L) / 4;
        CodeStride = hasCodes ? Up(dimension) : 0;
        Norms = Stride * 4 * count;
        Codes = Norms + Up(count * 4L);
        Scales = Codes + (CodeStride * count);
        Ends = Scales + (hasCodes ? Up(count * 4L) : 0);
        Records = Ends + Up(count * 4L);
        Length = Records + Up(recordBytes);
    }

    /// <summary>The floats from one vector to the next.</summary>
    public long Stride { get; }

    /// <summary>The bytes from one vector's codes to the next one's.</summary>
    public long CodeStride { get; }

    /// <summary>Where the lengths of the vectors lie. The vectors themselves lie at the beginning.</summary>
    public long Norms { get; }

    /// <summary>Where the vectors lie as bytes.</summary>
    public long Codes { get; }

    /// <summary>Where it lies what a step of each vector's bytes is worth.</summary>
    public long Scales { get; }

    /// <summary>Where it lies where the records end.</summary>
    public long Ends { get; }

    /// <summary>Where the records lie: texts and properties.</summary>
    public long Records { get; }

    /// <summary>The length of all.</summary>
    public long Length { get; }

    /// <summary>Rounds up to where a part may begin.</summary>
    /// <param name="bytes">A number of bytes.</param>
    /// <returns>The next multiple.</returns>
    public static long Up(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
