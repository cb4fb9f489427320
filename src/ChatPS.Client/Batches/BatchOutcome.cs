namespace ChatPS.Client.Batches;

/// <summary>What came of a request of a batch, as far as it is known here.</summary>
/// <param name="Number">The number of the request in the batch, from 1.</param>
/// <param name="Result">The service's result; null where there is none, or none that can be read.</param>
/// <param name="Part">The part that the request was last in; null where that is not known.</param>
internal sealed record BatchOutcome(int Number, BatchResult? Result, BatchPart? Part)
{
    /// <summary>Gets whether the service's line about it cannot be read.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Gets why the results of the part are not to be had; null where they are here, or are not to be had yet.</summary>
    public ChatServiceException? Trouble { get; init; }

    /// <summary>Gets whether it is answered.</summary>
    public bool IsAnswer => Result is { NotRun: null, Body: not null, StatusCode: >= 200 and < 300 };
}
