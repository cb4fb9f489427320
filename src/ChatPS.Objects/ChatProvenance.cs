namespace ChatPS;

/// <summary>A sign that a picture or a sound was made by a model, or that there is none.</summary>
public sealed class ChatProvenance
{
    /// <summary>What was looked for: <c>c2pa</c> or <c>synthid</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether it was found. A file without it may be made by a model all the same.</summary>
    public bool IsDetected { get; init; }

    /// <summary>What the service says, such as <c>detected</c>.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Whether what was found is whole, in the service's word; null where that is not told.</summary>
    public string? ValidationState { get; init; }

    /// <summary>Who signed it; null where that is not told.</summary>
    public string? Issuer { get; init; }

    /// <summary>The model that made it; null where that is not told.</summary>
    public string? Model { get; init; }

    /// <summary>When it was made, in UTC; null where that is not told.</summary>
    public DateTimeOffset? GeneratedAt { get; init; }

    /// <summary>The path of the file.</summary>
    public string Path { get; init; } = "";

    /// <summary>The name of the connection that looked.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => $"{Type}: {Outcome}";
}
