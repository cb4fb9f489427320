namespace ChatPS;

/// <summary>A message, call or result in a conversation that a service keeps.</summary>
public sealed class ChatConversationItem
{
    /// <summary>The service's id of the item.</summary>
    public string Id { get; init; } = "";

    /// <summary>The id of the conversation.</summary>
    public string ConversationId { get; init; } = "";

    /// <summary>What it is, such as <c>message</c> or <c>function_call</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Who says it, such as <c>user</c>; null where nobody does.</summary>
    public string? Role { get; init; }

    /// <summary>How far it has come; null where that is not told.</summary>
    public string? Status { get; init; }

    /// <summary>Its text; empty where it has none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The name of the connection that it was seen through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from; null if it was not made by this command.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Text;
}
