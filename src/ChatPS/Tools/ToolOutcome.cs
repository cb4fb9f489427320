namespace ChatPS.Tools;

/// <summary>What came of running a tool.</summary>
/// <param name="Text">What the model is told.</param>
/// <param name="IsError">Whether something went wrong.</param>
/// <param name="Warnings">What the tool warned of.</param>
internal sealed record ToolOutcome(string Text, bool IsError, IReadOnlyList<string> Warnings);
