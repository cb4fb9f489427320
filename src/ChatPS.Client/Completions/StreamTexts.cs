namespace ChatPS.Client.Completions;

/// <summary>The texts of a piece of a streamed answer.</summary>
/// <param name="Text">What is new of the answer.</param>
/// <param name="Reasoning">What is new of the reasoning; null for nothing.</param>
/// <param name="Commentary">What is new of the remarks on the way to the answer; null for nothing.</param>
internal readonly record struct StreamTexts(string Text, string? Reasoning = null, string? Commentary = null)
{
    public bool IsEmpty => Text.Length == 0 && Reasoning is null && Commentary is null;
}
