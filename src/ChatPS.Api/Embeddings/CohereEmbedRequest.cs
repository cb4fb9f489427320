using ChatPS.Api.Wire;

namespace ChatPS.Api.Embeddings;

/// <summary>The body of Cohere's <c>POST /v1/embed</c> and <c>/v2/embed</c>.</summary>
public sealed class CohereEmbedRequest : ApiRequest
{
    /// <summary>The model.</summary>
    public string? Model { get; set; }

    /// <summary>The texts.</summary>
    public IReadOnlyList<string>? Texts { get; set; }

    /// <summary>What the vectors are for.</summary>
    public string? InputType { get; set; }

    /// <summary>The kinds of numbers that vectors are to have.</summary>
    public IReadOnlyList<string>? EmbeddingTypes { get; set; }

    /// <summary>How many numbers a vector is to have.</summary>
    public int? OutputDimension { get; set; }

    /// <summary>Where long texts are cut: <c>NONE</c>, <c>START</c> or <c>END</c>.</summary>
    public string? Truncate { get; set; }
}
