using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.OpenAI.Batches;

/// <summary>What is wrong with a batch as a whole.</summary>
/// <param name="Code">The kind.</param>
/// <param name="Message">The words.</param>
/// <param name="Line">The line of the file, from 1; null where it is none's fault.</param>
internal sealed record BatchComplaint(string Code, string Message, int? Line)
{
    /// <summary>As it is told of.</summary>
    public Dictionary<string, object?> ToShape() => Shape.Of(("code", Code), ("line", Line), ("message", Message), ("param", null));
}
