using ChatPS.Client.Connections;
using ChatPS.Client.Similarity;

namespace ChatPS.Client.Embeddings;

/// <summary>The vectors of texts that are searched for among others.</summary>
public static class QueryVectors
{
    /// <summary>Asks for them.</summary>
    /// <param name="service">The service.</param>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="model">The model that the user names; null for the one that made the others.</param>
    /// <param name="set">The others.</param>
    /// <param name="metric">How they are to be compared.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>One vector for each text.</returns>
    /// <exception cref="ChatServiceException">A call failed, or the vectors cannot be compared with the others.</exception>
    public static async Task<IReadOnlyList<float[]>> AskAsync(
        EmbeddingService service, IReadOnlyList<string> texts, string? model, VectorSet set, VectorMetric metric, CallSettings settings, CancellationToken cancellationToken)
    {
        EmbeddingRequest request = new() { Texts = texts, Model = model ?? set.Model, Use = service.Understands(EmbeddingUse.Query) ? EmbeddingUse.Query : null };
        EmbeddingAnswer answer = await service.EmbedAsync(request, settings, cancellationToken);

        // The others were made with fewer numbers than the model usually gives.
        if (answer.Vectors[0].Length > set.Dimension)
        {
            answer = await service.EmbedAsync(request with { Dimension = set.Dimension }, settings, cancellationToken);
        }

        // Who names the model vouches for it: services know one model by several names.
        foreach (float[] vector in answer.Vectors)
        {
            set.CheckQuery(vector, model is null ? answer.Model : null, metric);
        }

        return answer.Vectors;
    }
}
