namespace ChatPS.Api.Embeddings;

/// <summary>A part of a text.</summary>
public sealed class GeminiEmbedPart
{
    /// <summary>The text.</summary>
    public string? Text { get; set; }
}
