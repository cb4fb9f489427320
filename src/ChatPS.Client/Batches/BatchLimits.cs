namespace ChatPS.Client.Batches;

/// <summary>How large a part of a batch may be.</summary>
/// <param name="Requests">The most requests.</param>
/// <param name="Bytes">The most bytes, as they are sent.</param>
internal sealed record BatchLimits(int Requests, long Bytes)
{
    /// <summary>The least pause between two looks at a part that is under way.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
