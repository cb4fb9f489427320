using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Embeddings;

/// <summary>Vectors, in the forms of all vendors.</summary>
[Answer(nameof(Data), nameof(Embeddings), nameof(Embedding))]
public sealed class EmbeddingsResponse : ApiResponseBody, IBareList
{
    /// <summary>The model, where the service names it.</summary>
    public string? Model { get; set; }

    /// <summary>The vectors as OpenAI, Jina, Voyage and most others give them.</summary>
    [JsonConverter(typeof(VectorListConverter))]
    public IReadOnlyList<WireVector>? Data { get; set; }

    /// <summary>The vectors as Cohere, Ollama and Gemini give them.</summary>
    [JsonConverter(typeof(VectorListConverter))]
    public IReadOnlyList<WireVector>? Embeddings { get; set; }

    /// <summary>The vector of a single text.</summary>
    [JsonConverter(typeof(VectorListConverter))]
    public IReadOnlyList<WireVector>? Embedding { get; set; }

    /// <summary>What it took, as most tell it. In whatever form it comes, the vectors stand.</summary>
    public JsonElement? Usage { get; set; }

    /// <summary>What it took, as Cohere tells it.</summary>
    public JsonElement? Meta { get; set; }

    /// <summary>What it took, as Gemini tells it.</summary>
    [JsonPropertyName("usageMetadata")]
    public JsonElement? UsageMetadata { get; set; }

    /// <summary>The tokens of the texts, as Ollama tells them.</summary>
    public int? PromptEvalCount { get; set; }
}
