namespace ChatPS;

/// <summary>What a service offers to do next with a generation, such as a button below a picture of Midjourney.</summary>
public sealed class ChatGenerationAction
{
    /// <summary>The name by which Invoke-ChatGenerationAction takes it, such as <c>Upscale1</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the service writes on it, such as <c>U1</c>; null for nothing.</summary>
    public string? Label { get; init; }

    /// <summary>The id by which the service knows it; null where its name is all there is.</summary>
    public string? CustomId { get; init; }

    /// <inheritdoc />
    public override string ToString() => Name;
}
