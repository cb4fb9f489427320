using ChatPS.Api.Wire;

namespace ChatPS.Api.Embeddings;

/// <summary>The body of Gemini's <c>batchEmbedContents</c>.</summary>
public sealed class GeminiEmbedRequest : ApiRequest
{
    /// <summary>One entry for each text.</summary>
    public IReadOnlyList<GeminiEmbedText>? Requests { get; set; }
}
