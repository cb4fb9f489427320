using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>What the service found of one kind of harm.</summary>
public sealed class GeminiSafetyRating : WireObject
{
    /// <summary>The kind, such as <c>HARM_CATEGORY_HARASSMENT</c>.</summary>
    public string? Category { get; set; }

    /// <summary>How probable it is: <c>NEGLIGIBLE</c>, <c>LOW</c>, <c>MEDIUM</c>, <c>HIGH</c>.</summary>
    public string? Probability { get; set; }

    /// <summary>Whether the text was stopped for it.</summary>
    public bool? Blocked { get; set; }
}
