namespace ChatPS.Client.Calls;

/// <summary>What a service told of a model's end, and when users heard of it last.</summary>
internal sealed record ModelEnd
{
    /// <summary>Gets the address of the service.</summary>
    public required Uri Service { get; init; }

    /// <summary>Gets the name of the connection.</summary>
    public required string Connection { get; init; }

    /// <summary>Gets the model as calls name it.</summary>
    public required string Model { get; init; }

    /// <summary>Gets when the service will stop offering the model; null where no end is announced.</summary>
    public DateTimeOffset? RetiresAt { get; init; }

    /// <summary>Gets the model that the service names in its place; null for none.</summary>
    public string? Replacement { get; init; }

    /// <summary>Gets when the service was asked last; null for never.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>Gets when users were warned last; null for never.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Whether another entry is of the same model over the same connection.</summary>
    /// <param name="other">The other entry.</param>
    /// <returns>Whether it is.</returns>
    public bool IsSame(ModelEnd other) =>
        Service == other.Service && string.Equals(Connection, other.Connection, StringComparison.OrdinalIgnoreCase) && Model == other.Model;
}
