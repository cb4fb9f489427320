using ChatPS.Api.Wire;

namespace ChatPS.Api.Embeddings;

/// <summary>The body of Ollama's <c>POST /api/embed</c>.</summary>
public sealed class OllamaEmbedRequest : ApiRequest
{
    /// <summary>The model.</summary>
    public string? Model { get; set; }

    /// <summary>The texts.</summary>
    public IReadOnlyList<string>? Input { get; set; }

    /// <summary>Whether long texts are cut.</summary>
    public bool? Truncate { get; set; }

    /// <summary>How many numbers a vector is to have.</summary>
    public int? Dimensions { get; set; }
}
