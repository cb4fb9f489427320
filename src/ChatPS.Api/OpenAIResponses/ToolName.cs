namespace ChatPS.Api.ResponsesApi;

/// <summary>A tool of an MCP server.</summary>
public sealed class ToolName : WireObject
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }
}
