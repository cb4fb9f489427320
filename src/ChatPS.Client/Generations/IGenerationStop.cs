namespace ChatPS.Client.Generations;

/// <summary>A family whose services can stop a task.</summary>
internal interface IGenerationStop : IGenerationFamily
{
    /// <summary>Tells whether a form can.</summary>
    /// <param name="form">The form.</param>
    /// <returns>Whether it can.</returns>
    bool CanStop(string? form);

    /// <summary>Gets whether stopping a task that has ended deletes its results.</summary>
    bool DeletesResults { get; }

    /// <summary>Stops a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="calls">Makes the calls.</param>
    /// <returns>What the service says of it now; null where it says nothing.</returns>
    Task<GenerationState?> StopAsync(ChatGeneration task, GenerationCalls calls);
}
