using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Tokens of one kind.</summary>
public sealed class GeminiModalityTokens : WireObject
{
    /// <summary>The kind: <c>TEXT</c>, <c>IMAGE</c>, <c>AUDIO</c>, <c>VIDEO</c>, <c>DOCUMENT</c>.</summary>
    public string? Modality { get; set; }

    /// <summary>How many.</summary>
    public int? TokenCount { get; set; }
}
