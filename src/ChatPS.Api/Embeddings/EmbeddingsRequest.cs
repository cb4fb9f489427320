using ChatPS.Api.Wire;

namespace ChatPS.Api.Embeddings;

/// <summary>The body of <c>POST /embeddings</c>: OpenAI's, and what Jina and Voyage add to it.</summary>
public sealed class EmbeddingsRequest : ApiRequest
{
    /// <summary>The model.</summary>
    public string? Model { get; set; }

    /// <summary>The texts.</summary>
    public IReadOnlyList<string>? Input { get; set; }

    /// <summary>How vectors come: <c>float</c> or <c>base64</c> (OpenAI, Voyage).</summary>
    public string? EncodingFormat { get; set; }

    /// <summary>The same (Jina).</summary>
    public string? EmbeddingType { get; set; }

    /// <summary>How many numbers a vector is to have (OpenAI, Jina).</summary>
    public int? Dimensions { get; set; }

    /// <summary>The same (Voyage).</summary>
    public int? OutputDimension { get; set; }

    /// <summary>What the vectors are for (Voyage).</summary>
    public string? InputType { get; set; }

    /// <summary>What the vectors are for (Jina).</summary>
    public string? Task { get; set; }

    /// <summary>Whether long texts are cut (Jina).</summary>
    public bool? Truncate { get; set; }

    /// <summary>Whether long texts are cut (Voyage).</summary>
    public bool? Truncation { get; set; }
}
