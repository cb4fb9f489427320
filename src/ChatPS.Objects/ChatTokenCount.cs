namespace ChatPS;

/// <summary>How many tokens a request would take.</summary>
public sealed class ChatTokenCount
{
    /// <summary>The model that they were counted for.</summary>
    public string Model { get; init; } = "";

    /// <summary>The tokens of prompt, conversation, images, files and tools together.</summary>
    public int InputTokens { get; init; }

    /// <summary>Whether they were estimated from the text, because the service does not count.</summary>
    public bool Estimated { get; init; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The pipeline item, or the prompt, whose tokens were counted.</summary>
    public object? Input { get; init; }

    /// <inheritdoc />
    public override string ToString() => InputTokens.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
