namespace ChatPS.Sandbox.Play;

/// <summary>What a task is at.</summary>
internal enum TaskStage
{
    Queued,
    Running,
    NeedsInput,
    Done,
    Failed,
    Cancelled,
}
