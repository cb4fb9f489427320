using System.Runtime.InteropServices;

namespace ChatPS.Client.Similarity;

/// <summary>Gathers vectors of one dimension into a block.</summary>
/// <param name="dimension">How many numbers each has.</param>
/// <param name="hasCodes">Whether to keep them as bytes, too.</param>
internal sealed class VectorBuffer(int dimension, bool hasCodes)
{
    private const int FirstCapacity = 64;

    private readonly int _stride = (int)new BlockLayout(dimension, 1, hasCodes: false, 0).Stride;
    private readonly int _codeStride = (int)new BlockLayout(dimension, 1, hasCodes, 0).CodeStride;
    private Memory<float> _vectors;
    private float[] _norms = [];
    private sbyte[] _codes = [];
    private float[] _scales = [];

    /// <summary>Gets how many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether a block holds no more.</summary>
    public bool IsFull => Count > 0 && (Count + 1L) * _stride * sizeof(float) > BlockLayout.FullVectors;

    /// <summary>Adds a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <exception cref="ChatServiceException">It cannot be compared.</exception>
    public void Add(ReadOnlySpan<float> vector)
    {
        double length = VectorMath.Length(vector);
        if (Count == _norms.Length)
        {
            Grow();
        }

        vector.CopyTo(_vectors.Span.Slice(Count * _stride));
        _norms[Count] = (float)length;
        if (hasCodes)
        {
            _scales[Count] = Int8Codes.Write(vector, _codes.AsSpan(Count * _codeStride, _codeStride));
        }

        Count++;
    }

    /// <summary>Gives what is there as a block. What is added later is not in it.</summary>
    /// <returns>The block.</returns>
    public VectorBlock ToBlock() => new(
        dimension,
        Count,
        _vectors.Slice(0, Count * _stride),
        _norms.AsMemory(0, Count),
        _codes.AsMemory(0, Count * _codeStride),
        hasCodes ? _scales.AsMemory(0, Count) : default);

    /// <summary>Empties it.</summary>
    public void Clear() => Count = 0;

    private void Grow()
    {
        int most = Math.Max(1, BlockLayout.FullVectors / sizeof(float) / _stride);
        int capacity = Math.Min(most, Math.Max(FirstCapacity, Count * 2));
        Memory<float> vectors = Aligned(capacity * _stride);
        _vectors.CopyTo(vectors);
        _vectors = vectors;
        Array.Resize(ref _norms, capacity);
        if (hasCodes)
        {
            Array.Resize(ref _codes, capacity * _codeStride);
            Array.Resize(ref _scales, capacity);
        }
    }

    // Sums depend in their last digits on where a vector lies. Equal vectors shall have equal ones.
    private static Memory<float> Aligned(int count)
    {
#if NET8_0_OR_GREATER
        float[] array = GC.AllocateArray<float>(count + (BlockLayout.Alignment / sizeof(float)), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        return array.AsMemory((int)((BlockLayout.Up(address) - address) / sizeof(float)), count);
#else
        // There they do not: what adds up takes vectors as they lie.
        return new float[count];
#endif
    }
}
