using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>What a web search did: searched, opened a page, looked for text on it.</summary>
public sealed class WebSearchAction : WireObject
{
    /// <summary><c>search</c>, <c>open_page</c>, <c>find_in_page</c>.</summary>
    public string? Type { get; set; }

    /// <summary>What was looked for; deprecated, see <see cref="Queries"/>.</summary>
    public string? Query { get; set; }

    /// <summary>What was looked for.</summary>
    public IReadOnlyList<string>? Queries { get; set; }

    /// <summary>The page that was opened.</summary>
    public string? Url { get; set; }

    /// <summary>What was found, where the request asks for it.</summary>
    public IReadOnlyList<SearchResult>? Sources { get; set; }
}
