using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>An answer, or a piece of a streamed one.</summary>
[Answer(nameof(Candidates))]
public sealed class GeminiResponse : ApiResponseBody
{
    /// <summary>The answers.</summary>
    public IReadOnlyList<GeminiCandidate>? Candidates { get; set; }

    /// <summary>What the service found in the prompt.</summary>
    public GeminiPromptFeedback? PromptFeedback { get; set; }

    /// <summary>The tokens.</summary>
    public GeminiUsage? UsageMetadata { get; set; }

    /// <summary>The model that answered.</summary>
    public string? ModelVersion { get; set; }

    /// <summary>What the service tells of the model's life; of any kind, null for nothing.</summary>
    public JsonElement? ModelStatus { get; set; }

    /// <summary>The id of the answer.</summary>
    public string? ResponseId { get; set; }

    /// <summary>When the answer was made, where the service says it.</summary>
    public string? CreateTime { get; set; }
}
