using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>A family in one of its forms, as the conformance suite asks it. What is usual needs no word.</summary>
internal sealed record GenerationCase(string Service)
{
    public string? Form { get; init; }

    public string? Action { get; init; }

    public string? Model { get; init; }

    public (string Name, object? Value)[] Parameters { get; init; } = [];

    /// <summary>Gets what is made, in its order.</summary>
    public string[] Kinds { get; init; } = ["video"];

    /// <summary>Gets whether the service tells how much is done.</summary>
    public bool TellsProgress { get; init; } = true;

    /// <summary>Gets whether the service tells when a task was handed in; where it does not, the time is ours.</summary>
    public bool TellsTimes { get; init; } = true;

    /// <summary>Gets whether the service tells why a task failed.</summary>
    public bool TellsWhy { get; init; } = true;

    /// <summary>Gets whether the status is a word, of which there may be new ones.</summary>
    public bool HasWords { get; init; } = true;

    /// <summary>Gets whether a task can be done before its address is there.</summary>
    public bool CanBeEmpty { get; init; } = true;

    public GenerationRequest Ask(string prompt) => new()
    {
        Service = Service,
        Form = Form,
        Action = Action,
        Model = Model,
        Prompt = prompt,
        Parameters = Parameters.ToDictionary(given => given.Name, given => given.Value, StringComparer.OrdinalIgnoreCase),
        Input = prompt,
        Index = 3,
    };

    /// <summary>Makes what another session knows of a task.</summary>
    public ChatGeneration Known(string id) => new() { Service = Service, Form = Form, Id = id };

    public override string ToString() => string.Join(" ", new[] { Service, Form, Action, Model }.OfType<string>());
}
