using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>What an answer quotes.</summary>
public sealed class GeminiCitationMetadata : WireObject
{
    /// <summary>The sources.</summary>
    public IReadOnlyList<GeminiCitationSource>? CitationSources { get; set; }

    /// <summary>The sources, as Vertex AI names them.</summary>
    public IReadOnlyList<GeminiCitationSource>? Citations { get; set; }
}
