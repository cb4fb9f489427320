namespace ChatPS;

/// <summary>How alike two vectors are.</summary>
public sealed class ChatSimilarity
{
    /// <summary>The cosine of the angle between them, from -1 (opposite) to 1 (alike). Their lengths do not count.</summary>
    public double Cosine { get; init; }

    /// <summary>The dot product. For vectors of length 1 it is the cosine.</summary>
    public double DotProduct { get; init; }

    /// <summary>The Euclidean distance: 0 for equal vectors.</summary>
    public double Euclidean { get; init; }

    /// <summary>How many numbers each has.</summary>
    public int Dimension { get; init; }

    /// <summary>The pipeline item.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <inheritdoc />
    public override string ToString() => Cosine.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);
}
