namespace ChatPS;

/// <summary>A call of a tool that the model asks for.</summary>
public sealed class ChatToolCall
{
    /// <summary>The id that the answer to the call must carry.</summary>
    public string? Id { get; set; }

    /// <summary><c>function</c>, <c>custom</c> for a tool that takes plain text, or <c>function_call</c> for the old form, which has no id.</summary>
    public string Type { get; set; } = "function";

    /// <summary>The tool's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The arguments as the model wrote them: JSON for a function, free text for a custom tool. Check them before use.</summary>
    public string Arguments { get; set; } = "";

    /// <summary>What the model was told as the tool's output; null where nothing was run and nothing refused.</summary>
    public string? Output { get; set; }

    /// <summary>Whether the tool failed, was refused, or could not be called with these arguments.</summary>
    public bool IsError { get; set; }

    /// <summary>Whether the call was not allowed to run.</summary>
    public bool Refused { get; set; }

    /// <summary>How long the tool ran; null where it did not.</summary>
    public TimeSpan? Elapsed { get; set; }

    /// <inheritdoc />
    public override string ToString() => $"{Name}({Arguments})";
}
