using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>Uploads and starts the parts of a batch, each once.</summary>
/// <param name="file">The batch.</param>
/// <param name="connection">The connection.</param>
/// <param name="engine">What the service does with batches.</param>
/// <param name="settings">What the calls do otherwise.</param>
/// <param name="time">The clock.</param>
/// <param name="parts">Where what the service tells is entered.</param>
internal sealed class BatchStarter(BatchFile file, ServiceConnection connection, IBatchEngine engine, CallSettings settings, TimeProvider time, BatchParts parts)
{
    // One part is looked for at a time: what it takes is known to the next.
    private static readonly SemaphoreSlim Searching = new(1);

    private BatchState State => file.State;

    /// <summary>Uploads and starts a part. What may have been taken before is looked for, and not sent again.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When it is started, or waits for room.</returns>
    /// <exception cref="ChatServiceException">It could not be started.</exception>
    public async Task StartAsync(BatchPart part, CancellationToken cancellationToken)
    {
        if (part.AskedAt is not null && await FindAsync(part, cancellationToken))
        {
            return;
        }

        if (!File.Exists(file.PartPath(part.Number)))
        {
            throw Failures.Invalid(
                $"Part {part.Number} of the batch '{file.Path}' is not started yet, and its requests are not here: '{file.PartPath(part.Number)}' is missing.",
                "Start it on the machine where the batch was written, or bring the folder along.");
        }

        file.RequireOwn(part, engine);
        bool isOldFile = part.FileId is not null;
        try
        {
            await UploadAsync(part, cancellationToken);
        }
        catch (ChatServiceException failure) when (IsFinal(failure))
        {
            file.Change(() => parts.Refuse(part, failure));
            throw;
        }

        file.Change(() => part.AskedAt ??= time.GetUtcNow());
        try
        {
            parts.Update(part, await HandInAsync(part, isOldFile, cancellationToken));
        }
        catch (ChatServiceException failure) when (Refusals.IsSure(failure))
        {
            // The service has nothing, and there is nothing to look for.
            bool isFull = failure.ErrorId == ErrorIds.RateLimited;
            file.Change(() =>
            {
                part.AskedAt = null;
                part.Reason = failure.Message;
                if (isFull)
                {
                    parts.Hold(part);
                }
                else if (IsFinal(failure))
                {
                    parts.Refuse(part, failure);
                }
            });
            if (!isFull)
            {
                throw;
            }
        }
        catch (ChatServiceException failure)
        {
            file.Change(() => part.Reason = $"It is not known yet whether the service has taken it: {failure.Message}");
            if (!await FindAsync(part, cancellationToken))
            {
                throw;
            }
        }
    }

    /// <summary>Looks for a part that was asked for, when nobody heard the answer.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether the service has it.</returns>
    /// <exception cref="ChatServiceException">Several jobs may be it.</exception>
    public async Task<bool> FindAsync(BatchPart part, CancellationToken cancellationToken)
    {
        await Searching.WaitAsync(cancellationToken);
        try
        {
            if (await SearchAsync(part, cancellationToken) is not { } found)
            {
                return false;
            }

            parts.Update(part, found);
            return true;
        }
        finally
        {
            Searching.Release();
        }
    }

    private async Task UploadAsync(BatchPart part, CancellationToken cancellationToken)
    {
        if (part.FileId is null && await engine.UploadAsync(connection, OrderOf(part), settings, cancellationToken) is { } id)
        {
            file.Change(() => part.FileId = id);
        }
    }

    private async Task<BatchJob> HandInAsync(BatchPart part, bool isOldFile, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.StartAsync(connection, OrderOf(part), settings, cancellationToken);
        }
        catch (ChatServiceException failure) when (isOldFile && failure.StatusCode is 400 or 404 && Refusals.IsSure(failure))
        {
            // What was uploaded some time ago may be gone. One that is still there is not sent again.
            file.Change(() => part.FileId = null);
            await UploadAsync(part, cancellationToken);
            return await engine.StartAsync(connection, OrderOf(part), settings, cancellationToken);
        }
    }

    private async Task<BatchJob?> SearchAsync(BatchPart part, CancellationToken cancellationToken)
    {
        string[] known = [.. State.Parts.Where(other => other.JobId is not null).Select(other => other.JobId!), .. State.Parts.SelectMany(other => other.Former)];
        IReadOnlyList<BatchJob> found = await engine.FindAsync(connection, OrderOf(part), known, settings, cancellationToken);
        return found.Count == 0 ? null : found.Count == 1 ? found[0] : throw Failures.Invalid(
            $"The answer to the start of part {part.Number} was lost, and any of {found.Count} jobs may be it: {string.Join(", ", found.Select(job => job.Id))}.",
            $"Find out at the service which of them is '{part.Name}', and write its id into '{file.Path}' as the jobId of that part; or stop them there.");
    }

    private BatchOrder OrderOf(BatchPart part) => new(part.Name, file.PartPath(part.Number), part.Requests, State.For, part.Model)
    {
        FileId = part.FileId,
        AskedAt = part.AskedAt,
        ExpiresAfter = State.ExpiresAfter,
        Metadata = State.Metadata,
        Sent = settings.Watch is { } watch ? (bytes, total) => watch.Moves(new CallTransfer(bytes, total, IsUpload: true)) : null,
    };

    // The same part would be refused again. What is amiss with a key, an account or the load can be mended.
    private static bool IsFinal(ChatServiceException failure) =>
        failure.StatusCode is 400 or 404 or 405 or 413 or 415 or 422
        && failure.ErrorId is ErrorIds.InvalidRequest or ErrorIds.ModelNotFound or ErrorIds.ContextTooLong or ErrorIds.ContentFiltered
        && Refusals.IsSure(failure);
}
