namespace ChatPS.Client.Usage;

/// <summary>A call that has ended, as it is entered.</summary>
/// <param name="Connection">The name of its connection.</param>
/// <param name="Model">The model that was asked; null where the call has none.</param>
/// <param name="AnsweredModel">The model that answered; null where that is not known.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Waited">How long it waited, for its turn and between attempts.</param>
/// <param name="HasSucceeded">Whether a proper answer came.</param>
/// <param name="WasCancelled">Whether its caller gave it up.</param>
/// <param name="Usage">The tokens, where the service told.</param>
/// <param name="Cost">What it cost; null where that is not known.</param>
/// <param name="At">When it ended, in UTC.</param>
internal readonly record struct FinishedCall(
    string Connection, string? Model, string? AnsweredModel, int Attempts, TimeSpan Waited, bool HasSucceeded, bool WasCancelled, ChatUsage? Usage, decimal? Cost, DateTimeOffset At)
{
    /// <summary>Whether it was a request of a batch, which has prices of its own.</summary>
    public bool IsBatch { get; init; }
}
