namespace ChatPS.Api.Embeddings;

/// <summary>A vector as it came.</summary>
/// <param name="Index">The place of its text in the request, from 0; null where the service does not say.</param>
/// <param name="Values">Its numbers. One that came as null is not a number.</param>
/// <param name="Said">The place as it came, where that is no place of a text.</param>
public sealed record WireVector(int? Index, float[] Values, string? Said = null);
