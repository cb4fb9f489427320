namespace ChatPS.Api.Embeddings;

/// <summary>A text as Gemini takes it: in parts.</summary>
public sealed class GeminiEmbedContent
{
    /// <summary>The parts, here always one.</summary>
    public IReadOnlyList<GeminiEmbedPart>? Parts { get; set; }
}
