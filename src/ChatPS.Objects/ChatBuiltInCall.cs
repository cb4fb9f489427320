namespace ChatPS;

/// <summary>What a service's own tool did for an answer: a search on the web or in files, code that ran, an image that was made.</summary>
public sealed class ChatBuiltInCall
{
    /// <summary>The id of the call.</summary>
    public string? Id { get; init; }

    /// <summary>The kind of tool, as the service names it: <c>web_search</c>, <c>file_search</c>, <c>code_interpreter</c>, <c>image_generation</c>, <c>mcp</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The name of the tool where there are several of the kind, as on an MCP server.</summary>
    public string? Name { get; init; }

    /// <summary>How the call ended, as the service says it: <c>completed</c>, <c>failed</c>.</summary>
    public string? Status { get; init; }

    /// <summary>What the tool was asked: the search, the code, the arguments.</summary>
    public string? Input { get; init; }

    /// <summary>What the tool said, as text; null where the service does not tell it.</summary>
    public string? Output { get; init; }

    /// <summary>What was found, as titles and addresses or file names.</summary>
    public ChatCitation[] Sources { get; init; } = [];

    /// <summary>The image or other file that was made; null for none.</summary>
    public byte[]? Data { get; init; }

    /// <summary>Why the call failed, if it did.</summary>
    public string? Error { get; init; }

    /// <summary>The call's JSON as it came.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => $"{Type}{(Input is null ? "" : ": " + Input)}";
}
