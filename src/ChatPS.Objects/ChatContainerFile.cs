namespace ChatPS;

/// <summary>A file in a container.</summary>
public sealed class ChatContainerFile
{
    /// <summary>The service's id of the file.</summary>
    public string Id { get; init; } = "";

    /// <summary>The id of the container.</summary>
    public string ContainerId { get; init; } = "";

    /// <summary>Where it lies in the container.</summary>
    public string Path { get; init; } = "";

    /// <summary>How many bytes it has; null where that is not told.</summary>
    public long? Bytes { get; init; }

    /// <summary>Who put it there: <c>user</c> or <c>assistant</c>; null where that is not told.</summary>
    public string? Source { get; init; }

    /// <summary>When it was made, in UTC; null where the service does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The name of the connection that it was seen through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from; null if it was not made by this command.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id;
}
