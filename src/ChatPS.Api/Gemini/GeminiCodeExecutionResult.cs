using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>What code that the service ran gave.</summary>
public sealed class GeminiCodeExecutionResult : WireObject
{
    /// <summary>The id of the run, where the service gives one.</summary>
    public string? Id { get; set; }

    /// <summary>How it ended, such as <c>OUTCOME_OK</c>.</summary>
    public string? Outcome { get; set; }

    /// <summary>What it wrote, or why it failed.</summary>
    public string? Output { get; set; }
}
