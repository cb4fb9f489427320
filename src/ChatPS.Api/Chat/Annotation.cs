using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A note on a piece of the answer.</summary>
public sealed class Annotation : WireObject
{
    /// <summary><c>url_citation</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The source.</summary>
    public UrlCitation? UrlCitation { get; set; }
}
