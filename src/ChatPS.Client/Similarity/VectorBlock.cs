namespace ChatPS.Client.Similarity;

/// <summary>Vectors that lie in a row in memory, mapped from a file or gathered.</summary>
/// <param name="Dimension">How many numbers each has.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Vectors">The vectors, each filled up to the stride.</param>
/// <param name="Norms">Their lengths.</param>
/// <param name="Codes">The vectors as bytes; empty where they are not kept.</param>
/// <param name="Scales">What a step of each vector's bytes is worth.</param>
internal sealed record VectorBlock(
    int Dimension, int Count, ReadOnlyMemory<float> Vectors, ReadOnlyMemory<float> Norms, ReadOnlyMemory<sbyte> Codes, ReadOnlyMemory<float> Scales)
{
    /// <summary>Gets whether the vectors lie there as bytes, too.</summary>
    public bool HasCodes => !Codes.IsEmpty;

    /// <summary>Gets the floats from one vector to the next.</summary>
    public int Stride { get; } = (int)new BlockLayout(Dimension, 1, hasCodes: false, 0).Stride;

    /// <summary>Gets the bytes from one vector's codes to the next one's.</summary>
    public int CodeStride { get; } = (int)new BlockLayout(Dimension, 1, hasCodes: true, 0).CodeStride;

    /// <summary>Gives one of the vectors.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <returns>Its numbers.</returns>
    public ReadOnlySpan<float> Vector(int row) => Vectors.Span.Slice(row * Stride, Dimension);
}
