using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>How much a model thinks.</summary>
public sealed class GeminiThinkingConfig : WireObject
{
    /// <summary>The most tokens to think for; 0 for none.</summary>
    public int? ThinkingBudget { get; set; }

    /// <summary>How much to think: <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>.</summary>
    public string? ThinkingLevel { get; set; }

    /// <summary>Whether to tell what the model thought.</summary>
    public bool? IncludeThoughts { get; set; }
}
