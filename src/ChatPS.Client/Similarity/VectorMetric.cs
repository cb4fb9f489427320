namespace ChatPS.Client.Similarity;

/// <summary>How the likeness of two vectors is measured.</summary>
public enum VectorMetric
{
    /// <summary>The cosine of the angle between them, from -1 to 1: more is more alike. Their lengths do not count.</summary>
    Cosine,

    /// <summary>The dot product: more is more alike.</summary>
    DotProduct,

    /// <summary>The Euclidean distance: less is more alike.</summary>
    Euclidean,
}
