using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>Enters what the service tells of the parts of a batch, and knows whether its queue has room.</summary>
/// <param name="file">The batch.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchParts(BatchFile file, TimeProvider time)
{
    private long _pollAfter;

    /// <summary>Gets whether there may be room in the service's queue.</summary>
    public bool HasRoom { get; private set; } = true;

    /// <summary>Gets when a part found no room there, in UTC.</summary>
    public DateTimeOffset RefusedAt { get; private set; }

    /// <summary>Takes the pause that the service asked for since the last time.</summary>
    /// <returns>The pause; null where it asked for none.</returns>
    public TimeSpan? TakePollAfter() => Interlocked.Exchange(ref _pollAfter, 0) is var told && told == 0 ? null : TimeSpan.FromTicks(told);

    /// <summary>Enters how far a part is.</summary>
    /// <param name="part">The part.</param>
    /// <param name="job">What the service tells of it.</param>
    /// <exception cref="ChatServiceException">What it tells is of another part.</exception>
    public void Update(BatchPart part, BatchJob job) => file.Change(() =>
    {
        if (job is { Status: ChatBatchStatus.Failed, IsQueueFull: true })
        {
            part.Former = job.Id.Length > 0 ? [.. part.Former, job.Id] : part.Former;
            part.JobId = null;
            part.AskedAt = null;
            part.Status = ChatBatchStatus.Waiting;
            part.Reason = job.Reason ?? "The service's queue is full.";
            Hold(part);
            return;
        }

        if (part.JobId is null && (job.Id.Length == 0 || file.State.Parts.Exists(other => other.JobId == job.Id || other.Former.Contains(job.Id, StringComparer.Ordinal))))
        {
            throw new ChatServiceException(
                ErrorIds.BadResponse,
                $"The service answered the start of part {part.Number} with the id '{job.Id}', which is none or that of another part.",
                "Run the command again: it looks for the part, and sends nothing twice.");
        }

        _pollAfter = job.PollAfter?.Ticks ?? _pollAfter;
        bool wasHeld = part.IsHeld;
        bool wasDone = part.IsDone;
        part.JobId = job.Id;
        part.Status = job.Status;
        part.IsLost = false;
        part.Completed = Within(job.Completed, part.Requests);
        part.Failed = Within(job.Failed, part.Requests);
        part.IsPresumed |= job.IsPresumed;
        part.StartedAt ??= job.CreatedAt ?? time.GetUtcNow();
        part.ExpiresAt = job.ExpiresAt;
        part.Reason = job.Reason ?? (part.IsPresumed && !part.IsDone ? "The answer to its start was lost. This job has as many requests, and is taken for it." : null);
        part.Results = job.Results;
        part.Raw = job.Raw;
        part.EndedAt = part.IsDone ? job.EndedAt ?? time.GetUtcNow() : null;

        // Past the check it has its place in the queue; at its end it leaves room.
        part.IsHeld &= job.Status is ChatBatchStatus.Validating or ChatBatchStatus.Waiting;
        HasRoom |= (part.IsDone && !wasDone) || (wasHeld && !part.IsHeld);
    });

    /// <summary>Enters that the service does not know a part any more. It keeps back nothing of the others.</summary>
    /// <param name="part">The part.</param>
    /// <param name="failure">What the service said.</param>
    public void Lose(BatchPart part, ChatServiceException failure) => file.Change(() =>
    {
        part.IsLost = true;
        part.Status = ChatBatchStatus.Failed;
        part.Reason = failure.Message;
        part.EndedAt ??= time.GetUtcNow();
        part.IsHeld = false;
    });

    /// <summary>Enters that a part was refused, and would be again. For use within a change of the file.</summary>
    /// <param name="part">The part.</param>
    /// <param name="failure">What the service said.</param>
    public void Refuse(BatchPart part, ChatServiceException failure)
    {
        part.Status = ChatBatchStatus.Failed;
        part.Reason = failure.Message;
        part.EndedAt = time.GetUtcNow();
    }

    /// <summary>Enters that the queue has no room for a part. For use within a change of the file.</summary>
    /// <param name="part">The part.</param>
    public void Hold(BatchPart part)
    {
        part.IsHeld = true;
        HasRoom = false;
        RefusedAt = time.GetUtcNow();
    }

    private static int? Within(int? count, int most) => count is { } told ? Math.Max(0, Math.Min(told, most)) : null;
}
