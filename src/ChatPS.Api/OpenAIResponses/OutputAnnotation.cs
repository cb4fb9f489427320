using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>A web page or a file that a piece of text rests on.</summary>
public sealed class OutputAnnotation : WireObject
{
    /// <summary><c>url_citation</c>, <c>file_citation</c>, <c>container_file_citation</c>, <c>file_path</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The address of the page.</summary>
    public string? Url { get; set; }

    /// <summary>The title of the page.</summary>
    public string? Title { get; set; }

    /// <summary>The id of the file.</summary>
    public string? FileId { get; set; }

    /// <summary>The name of the file.</summary>
    public string? Filename { get; set; }

    /// <summary>The first character of the piece, from 0.</summary>
    public int? StartIndex { get; set; }

    /// <summary>The last character of the piece.</summary>
    public int? EndIndex { get; set; }
}
