namespace ChatPS;

/// <summary>A GPT of ChatGPT's store: an assistant that somebody made, to be asked like a model.</summary>
public sealed class ChatGpt
{
    /// <summary>The id, such as <c>g-k3IqoCe1l</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Who made it; null where the service does not tell.</summary>
    public string? Author { get; init; }

    /// <summary>The model to ask: <c>gpt-4-gizmo-</c> and the id.</summary>
    public string Model { get; init; } = "";

    /// <summary>Questions that its maker suggests; none in what a search finds.</summary>
    public string[] PromptStarters { get; init; } = [];

    /// <summary>Where the store puts it, such as <c>productivity</c>; none in what a search finds.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>Its web address; null where the service does not tell.</summary>
    public string? Link { get; init; }

    /// <summary>The address of its picture; null for none.</summary>
    public string? PictureUrl { get; init; }

    /// <summary>The name of the connection that told of it.</summary>
    public string? Connection { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The service's JSON of it, as it came.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Name ?? Id;
}
