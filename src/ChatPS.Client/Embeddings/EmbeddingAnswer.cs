namespace ChatPS.Client.Embeddings;

/// <summary>The vectors of texts.</summary>
public sealed record EmbeddingAnswer
{
    /// <summary>One vector for each text, in their order, all of the same length.</summary>
    public IReadOnlyList<float[]> Vectors { get; init; } = [];

    /// <summary>The model, as the service names it.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens; null where the service did not tell.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>What it cost; null where that is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The service's id of the request, or of the first of several.</summary>
    public string? RequestId { get; init; }
}
