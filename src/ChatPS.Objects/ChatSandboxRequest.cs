namespace ChatPS;

/// <summary>A request that a sandbox received. Keys are masked.</summary>
public sealed class ChatSandboxRequest
{
    /// <summary>The request's number, from 1.</summary>
    public long Number { get; init; }

    /// <summary>When it came, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "";

    /// <summary>The path, such as <c>/v1/chat/completions</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>The query string without its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The headers; keys are masked.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body as it came; keys are masked.</summary>
    public string Body { get; init; } = "";

    /// <summary>The model that was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>The text of the last user message, the prompt or the input.</summary>
    public string? Prompt { get; init; }

    /// <summary>Whether a streamed answer was asked for.</summary>
    public bool Stream { get; init; }

    /// <summary>The HTTP status of the answer; 0 where there was none.</summary>
    public int StatusCode { get; init; }

    /// <summary>The time that the answer took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The fault that the sandbox played, if any.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether the client went away before the answer was complete.</summary>
    public bool Aborted { get; init; }

    /// <summary>The name of the sandbox.</summary>
    public string Sandbox { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => $"{Method} {Path}";
}
