namespace ChatPS;

/// <summary>A web page or a file that a piece of an answer rests on.</summary>
public sealed class ChatCitation
{
    /// <summary>The title of the page, or the name of the file.</summary>
    public string? Title { get; init; }

    /// <summary>The address of the page; null for a file.</summary>
    public string? Url { get; init; }

    /// <summary>The id of the file; null for a page.</summary>
    public string? FileId { get; init; }

    /// <summary>The first character of the piece, from 0; null where the service does not say.</summary>
    public int? StartIndex { get; init; }

    /// <summary>The last character of the piece.</summary>
    public int? EndIndex { get; init; }

    /// <inheritdoc />
    public override string ToString() => Url ?? Title ?? "";
}
