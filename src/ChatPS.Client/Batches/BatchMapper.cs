namespace ChatPS.Client.Batches;

/// <summary>Makes of what is known of batches what users see.</summary>
internal static class BatchMapper
{
    /// <summary>Makes a batch of its state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="path">The full path of its file.</param>
    /// <returns>The batch.</returns>
    public static ChatBatch ToBatch(BatchState state, string path) => new()
    {
        Id = state.Id,
        Path = path,
        For = state.For,
        Status = StatusOf(state),
        Connection = state.Connection,
        Total = state.Requests,
        Completed = Sum(state.Parts, part => part.Completed),
        Failed = Sum(state.Parts, part => part.Left ?? part.Failed),
        CreatedAt = state.CreatedAt,
        ExpiresAt = state.Parts.Where(part => !part.IsDone).Min(part => part.ExpiresAt) ?? state.Parts.Min(part => part.ExpiresAt),
        EndedAt = state.Parts.TrueForAll(part => part.IsDone) ? state.Parts.Max(part => part.EndedAt) : null,
        EstimatedCost = state.EstimatedCost,
        Parts = [.. state.Parts.Select(ToPart)],
    };

    /// <summary>Makes a batch of a job that another program may have started.</summary>
    /// <param name="job">The job.</param>
    /// <param name="connection">The name of the connection.</param>
    /// <returns>The batch.</returns>
    public static ChatBatch ToBatch(BatchJob job, string connection) => new()
    {
        Id = job.Id,
        Status = job.Status,
        Connection = connection,
        Total = Positive(job.Total),
        Completed = Positive(job.Completed),
        Failed = Positive(job.Failed),
        CreatedAt = job.CreatedAt,
        ExpiresAt = job.ExpiresAt,
        EndedAt = job.EndedAt,
        Parts =
        [
            new ChatBatchPart
            {
                Number = 1,
                Id = job.Id,
                Status = job.Status,
                Model = job.Model,
                Total = Positive(job.Total) ?? 0,
                Completed = Positive(job.Completed),
                Failed = Positive(job.Failed),
                StartedAt = job.CreatedAt,
                ExpiresAt = job.ExpiresAt,
                EndedAt = job.EndedAt,
                Reason = job.Reason,
                Raw = job.Raw,
            },
        ],
    };

    /// <summary>Finds how far a batch is. Of parts that have ended the worst counts, once a later part has taken up what they left, that one.</summary>
    /// <param name="state">The batch.</param>
    /// <returns>How far it is.</returns>
    public static ChatBatchStatus StatusOf(BatchState state)
    {
        if (!state.IsWritten)
        {
            return ChatBatchStatus.Writing;
        }

        BatchPart[] open = [.. state.Parts.Where(part => !part.IsDone)];
        if (open.Length > 0)
        {
            return First(open, ChatBatchStatus.Cancelling, ChatBatchStatus.InProgress, ChatBatchStatus.Finalizing, ChatBatchStatus.Validating) ?? ChatBatchStatus.Waiting;
        }

        BatchPart[] last = [.. state.Parts.Where(part => part.IsRetry)];
        return First(last.Length > 0 ? last : state.Parts, ChatBatchStatus.Cancelled, ChatBatchStatus.Expired, ChatBatchStatus.Failed) ?? ChatBatchStatus.Completed;
    }

    private static ChatBatchStatus? First(IReadOnlyCollection<BatchPart> parts, params ChatBatchStatus[] order)
    {
        foreach (ChatBatchStatus status in order)
        {
            if (parts.Any(part => part.Status == status))
            {
                return status;
            }
        }

        return null;
    }

    private static int? Positive(int? count) => count < 0 ? 0 : count;

    private static int? Sum(List<BatchPart> parts, Func<BatchPart, int?> count) =>
        parts.Exists(part => count(part) is not null) ? (int)Math.Min(int.MaxValue, parts.Sum(part => (long)(count(part) ?? 0))) : null;

    private static ChatBatchPart ToPart(BatchPart part) => new()
    {
        Number = part.Number,
        Id = part.JobId,
        FileId = part.FileId,
        Status = part.Status,
        Model = part.Model,
        Total = part.Requests,
        Completed = part.Completed,
        Failed = part.Left ?? part.Failed,
        StartedAt = part.StartedAt,
        ExpiresAt = part.ExpiresAt,
        EndedAt = part.EndedAt,
        Reason = part.Reason,
        Raw = part.Raw,
    };
}
