using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A call of a tool, as the model asks for it and as it is sent back in the conversation.</summary>
[Answer(nameof(Function), nameof(Custom))]
public sealed class ToolCall : WireObject
{
    /// <summary>The id that the tool's message refers to.</summary>
    public string? Id { get; set; }

    /// <summary><c>function</c> or <c>custom</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The function to call.</summary>
    public FunctionCall? Function { get; set; }

    /// <summary>The custom tool to call.</summary>
    public CustomToolCall? Custom { get; set; }
}
