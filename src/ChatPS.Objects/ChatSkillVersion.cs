namespace ChatPS;

/// <summary>A version of a skill.</summary>
public sealed class ChatSkillVersion
{
    /// <summary>The service's id of the version.</summary>
    public string Id { get; init; } = "";

    /// <summary>The id of the skill.</summary>
    public string SkillId { get; init; } = "";

    /// <summary>Its number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>When it was made, in UTC; null where the service does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The name of the connection that it was seen through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from; null if it was not made by this command.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Version;
}
