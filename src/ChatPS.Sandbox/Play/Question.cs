using System.Text.Json;

namespace ChatPS.Sandbox.Play;

/// <summary>What a request asks of the sandbox, whatever dialect it is written in.</summary>
internal sealed record Question
{
    /// <summary>The request's number, from which ids are made.</summary>
    public required long Number { get; init; }

    /// <summary>The text of the last user message.</summary>
    public required string UserText { get; init; }

    /// <summary>The text of the last message where it is the result of a tool.</summary>
    public string? ToolResult { get; init; }

    /// <summary>The text that a rule wants as the answer.</summary>
    public string? Scripted { get; init; }

    public ToolSet Tools { get; init; } = ToolSet.Empty;

    public bool WantsJson { get; init; }

    /// <summary>The schema of the answer, where one was sent.</summary>
    public JsonElement? Schema { get; init; }

    public IReadOnlyList<string> Stops { get; init; } = [];

    public int? MaxTokens { get; init; }
}
