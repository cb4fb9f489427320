namespace ChatPS.Sandbox.Requests;

/// <summary>A request that the sandbox received. Keys are masked.</summary>
/// <remarks>The last four members change while the request is being answered.</remarks>
public sealed class SandboxRequest
{
    internal SandboxRequest()
    {
    }

    /// <summary>The request's number, from 1.</summary>
    public long Number { get; internal init; }

    /// <summary>When it came, in UTC.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; internal init; } = "";

    /// <summary>The path as it was sent.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>The query string without its question mark; values of secrets are masked.</summary>
    public string Query { get; internal init; } = "";

    /// <summary>The headers by name, ignoring case; keys and cookies are masked.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; internal init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body's text; what is not text is summed up in brackets. What looks like a secret is masked.</summary>
    public string Body { get; internal init; } = "";

    /// <summary>The model that was asked for.</summary>
    public string? Model { get; internal init; }

    /// <summary>The text of the last user message, the prompt or the input.</summary>
    public string? Prompt { get; internal init; }

    /// <summary>Whether a streamed answer was asked for.</summary>
    public bool Stream { get; internal init; }

    /// <summary>The HTTP status of the answer; 0 as long as there is none, and after a reset.</summary>
    public int StatusCode { get; internal set; }

    /// <summary>The time from the request's arrival to the end of its answer.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>The fault that was played, if any.</summary>
    public string? Fault { get; internal set; }

    /// <summary>Whether the client went away before the answer was complete.</summary>
    public bool Aborted { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";
}
