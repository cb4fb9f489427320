using System.Text.Json.Serialization;

namespace ChatPS.Api.Embeddings;

/// <summary>What Gemini is told of one text.</summary>
public sealed class GeminiEmbedText
{
    /// <summary>The model with its collection. Each entry must name it, and all the same.</summary>
    public string? Model { get; set; }

    /// <summary>The text.</summary>
    public GeminiEmbedContent? Content { get; set; }

    /// <summary>What the vector is for.</summary>
    [JsonPropertyName("taskType")]
    public string? TaskType { get; set; }

    /// <summary>The title of the document that the text is of.</summary>
    public string? Title { get; set; }

    /// <summary>How many numbers the vector is to have.</summary>
    [JsonPropertyName("outputDimensionality")]
    public int? OutputDimensionality { get; set; }
}
