using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A page that a piece of the answer rests on.</summary>
public sealed class UrlCitation : WireObject
{
    /// <summary>The first character of the piece, from 0.</summary>
    public int? StartIndex { get; set; }

    /// <summary>The last character of the piece.</summary>
    public int? EndIndex { get; set; }

    /// <summary>The address of the page.</summary>
    public string? Url { get; set; }

    /// <summary>The title of the page.</summary>
    public string? Title { get; set; }
}
