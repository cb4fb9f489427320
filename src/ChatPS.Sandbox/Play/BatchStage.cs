namespace ChatPS.Sandbox.Play;

/// <summary>What a batch is at.</summary>
internal enum BatchStage
{
    Queued,
    Running,
    Stopping,
    Done,
    Failed,
    Expired,
    Cancelled,
}
