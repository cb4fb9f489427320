namespace ChatPS;

/// <summary>A command that a model may call.</summary>
public sealed class ChatTool
{
    /// <summary>The name that the model calls it by: letters, digits, <c>_</c> and <c>-</c>, at most 64.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the model is told about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The parameters that the model sees, as a JSON Schema in dictionaries and lists.</summary>
    public IDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The names of the parameters that are bound already and that the model does not see.</summary>
    public string[] FixedArguments { get; init; } = [];

    /// <summary>The name of the command, or the text of the script block.</summary>
    public string Command { get; init; } = "";

    /// <summary>How long a call may run.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>The most characters of output that the model is given.</summary>
    public int MaxOutputLength { get; init; }

    /// <summary>Whether the service is asked to hold the model to the schema exactly.</summary>
    public bool Strict { get; init; }

    /// <inheritdoc />
    public override string ToString() => Name;
}
