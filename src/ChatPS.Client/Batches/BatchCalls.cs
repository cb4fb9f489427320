using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>What the calls of all engines have in common.</summary>
internal static class BatchCalls
{
    /// <summary>Makes a call, and says more of its failure than the service does.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="connection">The connection.</param>
    /// <param name="call">The call.</param>
    /// <returns>What it gives.</returns>
    /// <exception cref="ChatServiceException">The service has no batches, not this one, or another reason.</exception>
    public static async Task<T> ExplainAsync<T>(ServiceConnection connection, Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (ChatServiceException failure) when (failure.MissingEndpoint is not null || failure.StatusCode is 405 or 501)
        {
            throw new ChatServiceException(
                ErrorIds.InvalidRequest,
                $"{connection.Settings.ServiceName} has no batches (connection '{connection.Settings.Name}'): {failure.Message}",
                "Name another connection with -Connection, or leave out -AsBatch and let the run ask live.",
                failure)
            {
                StatusCode = failure.StatusCode,
                RequestId = failure.RequestId,
                MissingEndpoint = failure.MissingEndpoint ?? "/batches",
            };
        }
        catch (ChatServiceException failure) when (failure.StatusCode == 404)
        {
            throw Failures.WithAdvice(failure, "Check the id and the connection: a batch and its files are known to the account that made them alone, and are deleted after some time.");
        }
    }

    /// <summary>Starts a part. Where the service has no room for it now, that is a job that failed for want of room.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="order">The part.</param>
    /// <param name="start">The call.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ChatServiceException">The part was not started, for another reason.</exception>
    public static async Task<BatchJob> StartAsync(ServiceConnection connection, BatchOrder order, Task<BatchJob> start)
    {
        try
        {
            return await ExplainAsync(connection, start);
        }
        catch (ChatServiceException failure) when (failure is { StatusCode: 429, ErrorId: ErrorIds.RateLimited })
        {
            return new BatchJob("", ChatBatchStatus.Failed) { Name = order.Name, Reason = failure.Message, IsQueueFull = true, PollAfter = failure.RetryAfter };
        }
    }

    /// <summary>Refuses what a service keeps of no batch.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="metadata">Labels.</param>
    /// <param name="expiresAfter">How long it is to be kept; null for the service's own choice.</param>
    /// <exception cref="ChatServiceException">There is such.</exception>
    public static void RequirePlain(ServiceConnection connection, IReadOnlyDictionary<string, string> metadata, TimeSpan? expiresAfter)
    {
        if (metadata.Count > 0)
        {
            throw Failures.Invalid($"-BatchMetadata: {connection.Settings.ServiceName} keeps none with a batch (connection '{connection.Settings.Name}').", "Leave -BatchMetadata out.");
        }

        if (expiresAfter is not null)
        {
            throw Failures.Invalid($"-ExpiresAfter: {connection.Settings.ServiceName} decides itself how long it keeps a batch (connection '{connection.Settings.Name}').", "Leave -ExpiresAfter out.");
        }
    }
}
