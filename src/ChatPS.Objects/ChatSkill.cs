namespace ChatPS;

/// <summary>Instructions and files at a service, which a model takes up where it needs them.</summary>
public sealed class ChatSkill
{
    /// <summary>The service's id of the skill.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>The version that is used where none is named; null where that is not told.</summary>
    public string? DefaultVersion { get; init; }

    /// <summary>The newest version; null where that is not told.</summary>
    public string? LatestVersion { get; init; }

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
