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

    /// <summary>The day on which the service will stop offering the model, if it is known.</summary>
    public DateTimeOffset? ShutdownDate { get; init; }

    /// <summary>The name of the connection that offers the model.</summary>
    public string? Connection { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The model's JSON as it came.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id;
}
