using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A source that an answer quotes.</summary>
public sealed class GeminiCitationSource : WireObject
{
    /// <summary>The first byte of the quotation in the text.</summary>
    public int? StartIndex { get; set; }

    /// <summary>The byte behind it.</summary>
    public int? EndIndex { get; set; }

    /// <summary>The address of the source.</summary>
    public string? Uri { get; set; }

    /// <summary>Its title.</summary>
    public string? Title { get; set; }
}
