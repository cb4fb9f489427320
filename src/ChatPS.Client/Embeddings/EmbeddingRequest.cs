namespace ChatPS.Client.Embeddings;

/// <summary>Asks for the vectors of texts.</summary>
public sealed record EmbeddingRequest
{
    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The model; null for the connection's.</summary>
    public string? Model { get; init; }

    /// <summary>How many numbers a vector is to have; null for as many as the model gives.</summary>
    public int? Dimension { get; init; }

    /// <summary>What the vectors are for; null where nothing is said of it.</summary>
    public EmbeddingUse? Use { get; init; }

    /// <summary>The name of the form that the service understands; null for that of its host.</summary>
    public string? Form { get; init; }
}
