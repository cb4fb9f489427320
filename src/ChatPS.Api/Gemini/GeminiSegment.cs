using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A piece of an answer.</summary>
public sealed class GeminiSegment : WireObject
{
    /// <summary>The place of its part, from 0.</summary>
    public int? PartIndex { get; set; }

    /// <summary>Its first byte in the part.</summary>
    public int? StartIndex { get; set; }

    /// <summary>The byte behind it.</summary>
    public int? EndIndex { get; set; }

    /// <summary>Its text.</summary>
    public string? Text { get; set; }
}
