using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>Something that a search found.</summary>
public sealed class SearchResult : WireObject
{
    /// <summary>The address of a page.</summary>
    public string? Url { get; set; }

    /// <summary>The title of a page.</summary>
    public string? Title { get; set; }

    /// <summary>The id of a file.</summary>
    public string? FileId { get; set; }

    /// <summary>The name of a file.</summary>
    public string? Filename { get; set; }

    /// <summary>The text that was found.</summary>
    public string? Text { get; set; }
}
