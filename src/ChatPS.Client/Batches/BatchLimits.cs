namespace ChatPS.Client.Batches;

/// <summary>How large a part of a batch may be, how often it may be looked at, and whether others are started beside it.</summary>
/// <param name="Requests">The most requests.</param>
/// <param name="Bytes">The most bytes, as they are sent.</param>
internal sealed record BatchLimits(int Requests, long Bytes)
{
    /// <summary>The shortest pause between two looks at a job, unless the service asks for another (<see cref="BatchJob.PollAfter"/>). Default: 10 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether parts are started one after the other. Jobs that keep no name are told apart only if the answer to one start alone can be lost. Default: false.</summary>
    public bool StartsOneByOne { get; init; }
}
