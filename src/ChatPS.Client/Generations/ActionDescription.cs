namespace ChatPS.Client.Generations;

/// <summary>Something that a family can be asked.</summary>
/// <param name="Name">The name of the action, such as <c>Imagine</c>.</param>
/// <param name="Help">What it does, in one sentence.</param>
public sealed record ActionDescription(string Name, string Help)
{
    /// <summary>The last part of the path, or whatever else the family tells its actions apart by.</summary>
    public string Path { get; init; } = "";

    /// <summary>The field of the prompt; empty where the family puts it in its place itself, null where the action takes none.</summary>
    public string? PromptField { get; init; } = "prompt";

    /// <summary>Whether the action cannot do without a prompt.</summary>
    public bool NeedsPrompt { get; init; }

    /// <summary>The parameter that piped items are for; null for the prompt.</summary>
    public string? Item { get; init; }

    /// <summary>Whether a model can be named. That of the connection is one for chats, and is not taken.</summary>
    public bool TakesModel { get; init; }

    /// <summary>Whether the service cannot do without a model.</summary>
    public bool NeedsModel { get; init; }

    /// <summary>The field of the model; empty where the family puts it in its place itself.</summary>
    public string ModelField { get; init; } = "model";

    /// <summary>Whether it goes on from a generation that is there already.</summary>
    public bool IsFollowUp { get; init; }

    /// <summary>Whether it gives a generation what that waits for.</summary>
    public bool GivesInput { get; init; }

    /// <summary>The kind of result that it goes on from, such as <c>video</c>; null for any.</summary>
    public string? ResultKind { get; init; }

    /// <summary>Whether the answer is the result itself, and nothing is left to wait for.</summary>
    public bool IsAtOnce { get; init; }

    /// <summary>The forms that know it; empty for all.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>The names by which it is chosen instead of its own, such as those of buttons; which of them a task offers, the task tells.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What else it takes.</summary>
    public IReadOnlyList<ParameterDescription> Parameters { get; init; } = [];
}
