namespace ChatPS.Client.Generations;

/// <summary>A task as it was seen.</summary>
/// <param name="Task">The task.</param>
/// <param name="PollAfter">How long the service wants not to be asked again; null where it says nothing.</param>
internal sealed record SeenGeneration(ChatGeneration Task, TimeSpan? PollAfter);
