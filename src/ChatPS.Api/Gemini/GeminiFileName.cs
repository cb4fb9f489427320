namespace ChatPS.Api.Gemini;

/// <summary>What is told of a file before it comes.</summary>
public sealed class GeminiFileName
{
    /// <summary>The name for people.</summary>
    public string DisplayName { get; set; } = "";
}
