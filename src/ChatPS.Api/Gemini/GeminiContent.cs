using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>One turn of a conversation.</summary>
[Answer(nameof(Parts))]
public sealed class GeminiContent : WireObject
{
    /// <summary><c>user</c> or <c>model</c>; null for the system's instruction.</summary>
    public string? Role { get; set; }

    /// <summary>What is said, in its order.</summary>
    public IReadOnlyList<GeminiPart>? Parts { get; set; }
}
