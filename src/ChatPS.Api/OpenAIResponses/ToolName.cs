using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>A tool of an MCP server.</summary>
public sealed class ToolName : WireObject
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }
}
