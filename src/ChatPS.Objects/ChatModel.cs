namespace ChatPS;

/// <summary>A model that a service offers.</summary>
public sealed class ChatModel
{
    /// <summary>The name to give to <c>-Model</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>The model's name for people; null where the service gives none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Who provides the model.</summary>
    public string? OwnedBy { get; init; }

    /// <summary>When the model was made, in UTC; null where the service does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When the service will stop offering the model, in UTC; null where no end is announced, or the service does not tell. Past for a model that may be gone any day.</summary>
    public DateTimeOffset? RetiresAt { get; init; }

    /// <summary>The model that the service names in its place; null for none.</summary>
    public string? Replacement { get; init; }

    /// <summary>How far the model is in its life, in the service's word, such as <c>active</c> or <c>deprecated</c>; null where it does not tell.</summary>
    public string? Lifecycle { get; init; }

    /// <summary>The most tokens of a request; null where the service does not tell.</summary>
    public long? MaxInputTokens { get; init; }

    /// <summary>The most tokens of an answer; null where the service does not tell.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>What the model can do, in the service's words, such as <c>image_input</c> or <c>thinking.adaptive</c>; null where the service does not tell.</summary>
    public string[]? Capabilities { get; init; }

    /// <summary>The name of the connection that offers the model.</summary>
    public string? Connection { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The model's JSON as it came.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id;
}
