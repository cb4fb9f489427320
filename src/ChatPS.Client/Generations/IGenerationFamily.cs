using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>A family of services that work on tasks: how it is asked, and what its answers mean.</summary>
internal interface IGenerationFamily
{
    /// <summary>Gets the name to choose the family by, such as <c>Midjourney</c>.</summary>
    string Service { get; }

    /// <summary>Gets the forms that it is spoken to in; the first one where nothing tells.</summary>
    IReadOnlyList<GenerationForm> Forms { get; }

    /// <summary>Gets what it can be asked; the first where nothing is said.</summary>
    IReadOnlyList<ActionDescription> Actions { get; }

    /// <summary>Gets the shortest pause between two looks at a task.</summary>
    TimeSpan Pause { get; }

    /// <summary>Tells whether services of a dialect have it.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <returns>Whether they have.</returns>
    bool IsServedBy(Dialect dialect);

    /// <summary>Hands in a task.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="calls">Makes the calls.</param>
    /// <returns>What the service says of the task; its id is there.</returns>
    Task<GenerationState> SubmitAsync(GenerationRequest request, GenerationCalls calls);

    /// <summary>Looks at a task.</summary>
    /// <param name="task">The task as it was seen last.</param>
    /// <param name="calls">Makes the calls.</param>
    /// <returns>What the service says of it now.</returns>
    Task<GenerationState> LookAsync(ChatGeneration task, GenerationCalls calls);
}
