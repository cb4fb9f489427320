namespace ChatPS;

/// <summary>A machine at a service in which a model runs code.</summary>
public sealed class ChatContainer
{
    /// <summary>The service's id of the container.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the service says of its state, such as <c>running</c> or <c>expired</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>How much memory it has, such as <c>1g</c>; null where that is not told.</summary>
    public string? MemoryLimit { get; init; }

    /// <summary>When it was made, in UTC; null where the service does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last used, in UTC; null where the service does not tell.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    /// <summary>How many minutes after its last use it goes; null where that is not told.</summary>
    public int? ExpiresAfterMinute { get; init; }

    /// <summary>The name of the connection that it was seen through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from; null if it was not made by this command.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id;
}
