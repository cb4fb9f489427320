using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A piece of a tool call in a stream: pieces of one index belong together, their arguments are joined.</summary>
[Answer(nameof(Function), nameof(Custom))]
public sealed class ToolCallDelta : WireObject
{
    /// <summary>The place among the calls, from 0.</summary>
    public int? Index { get; set; }

    /// <summary>The id of the call, in its first piece.</summary>
    public string? Id { get; set; }

    /// <summary><c>function</c> or <c>custom</c>, in its first piece.</summary>
    public string? Type { get; set; }

    /// <summary>A piece of the function call.</summary>
    public FunctionCall? Function { get; set; }

    /// <summary>A piece of the call of a custom tool.</summary>
    public CustomToolCall? Custom { get; set; }
}
