namespace ChatPS.Client.Similarity;

/// <summary>A vector that is searched for, in the forms in which it is compared.</summary>
internal sealed class VectorQuery
{
    /// <summary>Makes it ready.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="metric">How it is compared.</param>
    public VectorQuery(ReadOnlySpan<float> vector, VectorMetric metric)
    {
        Vector = vector.ToArray();
        double length = VectorMath.Length(vector);
        BlockLayout layout = new(vector.Length, 1, hasCodes: true, 0);
        Padded = new float[layout.Stride];
        for (int i = 0; i < vector.Length; i++)
        {
            Padded[i] = metric == VectorMetric.Cosine && length > 0 ? (float)(vector[i] / length) : vector[i];
        }

        sbyte[] codes = new sbyte[layout.CodeStride];
        Scale = Int8Codes.Write(Padded.AsSpan(0, vector.Length), codes);
        Codes = Array.ConvertAll(codes, code => (short)code);
    }

    /// <summary>The vector as it was given.</summary>
    public float[] Vector { get; }

    /// <summary>The vector filled up to the stride; of length 1 where lengths do not count.</summary>
    public float[] Padded { get; }

    /// <summary>The same as bytes, each with the room that a product of two needs.</summary>
    public short[] Codes { get; }

    /// <summary>What a step of the bytes is worth.</summary>
    public float Scale { get; }
}
