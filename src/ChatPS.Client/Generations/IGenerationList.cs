namespace ChatPS.Client.Generations;

/// <summary>A family whose services tell of many tasks at once.</summary>
internal interface IGenerationList : IGenerationFamily
{
    /// <summary>Gets how many tasks may be asked for in a call; 0 where this form of the family has no such call.</summary>
    /// <param name="form">The form.</param>
    /// <returns>The number.</returns>
    int MostAtOnce(string? form);

    /// <summary>Looks at tasks.</summary>
    /// <param name="tasks">Tasks of one form.</param>
    /// <param name="calls">Makes the calls.</param>
    /// <returns>What the service says, each with its id; those that it does not know are missing.</returns>
    Task<IReadOnlyList<GenerationState>> LookAsync(IReadOnlyList<ChatGeneration> tasks, GenerationCalls calls);
}
