namespace ChatPS.Client.Similarity;

/// <summary>A vector that was found.</summary>
/// <param name="File">The file that it lies in; null for one that was gathered.</param>
/// <param name="Place">Its place there, from 0.</param>
/// <param name="Score">How alike it is, by the metric of the search.</param>
public readonly record struct VectorMatch(VectorFile? File, long Place, double Score);
