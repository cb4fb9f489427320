namespace ChatPS;

/// <summary>A conversation that a service made short: few items that stand for all that was said.</summary>
public sealed class ChatCompaction
{
    /// <summary>The service's id of it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The items as plain values, for <c>New-ChatConversation -Item</c>. What is in a compaction only the service can read.</summary>
    public IReadOnlyList<object?> Item { get; init; } = [];

    /// <summary>How many tokens went in; null where the service does not tell.</summary>
    public long? InputTokens { get; init; }

    /// <summary>How many tokens came out; null where the service does not tell.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>When it was made, in UTC; null where the service does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The name of the connection that it was made through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id;
}
