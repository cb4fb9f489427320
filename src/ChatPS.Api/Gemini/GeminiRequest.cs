using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A request for content, whole or as a stream. The model stands in the address.</summary>
public sealed class GeminiRequest : ApiRequest
{
    /// <summary>The conversation.</summary>
    public IReadOnlyList<GeminiContent>? Contents { get; set; }

    /// <summary>What the model is told before the conversation.</summary>
    public GeminiContent? SystemInstruction { get; set; }

    /// <summary>What the model may call, and what the service runs for it.</summary>
    public IReadOnlyList<GeminiTool>? Tools { get; set; }

    /// <summary>Which functions are called.</summary>
    public GeminiToolConfig? ToolConfig { get; set; }

    /// <summary>How the answer is made.</summary>
    public GeminiGenerationConfig? GenerationConfig { get; set; }

    /// <summary><c>standard</c>, <c>flex</c> or <c>priority</c>.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>What asks for the rest of an answer in which the service paused.</summary>
    public string? ContinuationToken { get; set; }

    /// <summary>The model with its collection, where the request does not stand at its address.</summary>
    public string? Model { get; set; }

    /// <inheritdoc />
    internal override IReadOnlyCollection<string> MergedMembers => ["generationConfig", "toolConfig"];
}
