using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A custom tool with its input.</summary>
public sealed class CustomToolCall : WireObject
{
    /// <summary>The name of the tool.</summary>
    public string? Name { get; set; }

    /// <summary>The input, as free text.</summary>
    public string? Input { get; set; }
}
