namespace ChatPS.Client.Batches;

/// <summary>What became of one request of a batch.</summary>
/// <param name="Id">The id that the request was given.</param>
/// <param name="Body">The answer as the service would have given it live, or its error, as JSON; null where there is neither.</param>
/// <param name="StatusCode">The status that it would have had live: 200 for an answer; 0 where there was none.</param>
internal sealed record BatchResult(string Id, string? Body, int StatusCode)
{
    /// <summary>Why the request was never run: <see cref="ChatBatchStatus.Expired"/> or <see cref="ChatBatchStatus.Cancelled"/>; null if it was.</summary>
    public ChatBatchStatus? NotRun { get; init; }

    /// <summary>The service's own word for what went wrong outside the answer, such as <c>batch_expired</c>; null for none.</summary>
    public string? Code { get; init; }

    /// <summary>The service's id of the request; null where it tells none.</summary>
    public string? RequestId { get; init; }
}
