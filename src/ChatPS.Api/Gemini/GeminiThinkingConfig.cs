using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>How much a model thinks.</summary>
public sealed class GeminiThinkingConfig : WireObject
{
    /// <summary>The most tokens to think for; 0 for none, -1 for the model's own choice. Never beside a level.</summary>
    public int? ThinkingBudget { get; set; }

    /// <summary>How much to think: <c>MINIMAL</c>, <c>LOW</c>, <c>MEDIUM</c>, <c>HIGH</c>, <c>XHIGH</c>.</summary>
    public string? ThinkingLevel { get; set; }

    /// <summary>Whether to tell what the model thought.</summary>
    public bool? IncludeThoughts { get; set; }
}
