namespace ChatPS.Sandbox;

/// <summary>A scripted answer for the requests that match all of its patterns.</summary>
/// <remarks>Patterns know <c>*</c> and <c>?</c>, ignore case, and match everything when left out; but without a path a rule is for completions only.</remarks>
public sealed class SandboxRule
{
    /// <summary>The pattern for the text of the last user message, the prompt or the input.</summary>
    public string? Prompt { get; init; }

    /// <summary>The pattern for the model.</summary>
    public string? Model { get; init; }

    /// <summary>The pattern for the path, such as <c>/v1/chat/completions</c>.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// The answer. A string is the text of a chat or text completion (elsewhere the whole body); a dictionary, list or
    /// other plain value is the whole JSON body (one event where a stream was asked for); a
    /// <c>Func&lt;SandboxRequest, object?&gt;</c> computes one of these; <see langword="null"/> leaves the usual answer.
    /// </summary>
    public object? Response { get; init; }

    /// <summary>The HTTP status. Default: 200. From 400 on, a string <see cref="Response"/> is the error's message.</summary>
    public int StatusCode { get; init; } = 200;
}
