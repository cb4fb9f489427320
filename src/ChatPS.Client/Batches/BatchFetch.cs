using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Batches;

/// <summary>
/// Fetches the results of the parts that have ended into the folder of a batch. An answer that tells of no request of the batch, such
/// as the page of a proxy, is not kept. What is wrong with the results of one part keeps back no other part.
/// </summary>
/// <param name="file">The batch.</param>
/// <param name="connection">The connection.</param>
/// <param name="engine">How results are fetched and read.</param>
/// <param name="settings">What the calls do otherwise.</param>
internal sealed class BatchFetch(BatchFile file, ServiceConnection connection, IBatchEngine engine, CallSettings settings)
{
    /// <summary>Gets why the results of parts are not to be had, by the numbers of the parts: with the status 404 where they are gone.</summary>
    public Dictionary<int, ChatServiceException> Troubles { get; } = [];

    /// <summary>Tells how many requests of a part have ended at the service, as far as it says.</summary>
    /// <param name="part">The part, which has ended.</param>
    /// <returns>The number; 0 where nothing is said.</returns>
    public static int Told(BatchPart part) => (int)Math.Min((long)Math.Max(0, part.Completed ?? 0) + Math.Max(0, part.Failed ?? 0), part.Requests);

    /// <summary>Fetches what is not on the disk.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When it is there, or known not to be had.</returns>
    /// <exception cref="ChatServiceException">The service cannot be reached, or the files cannot be written.</exception>
    public async Task FetchAsync(CancellationToken cancellationToken)
    {
        foreach (BatchPart part in file.State.Parts.Where(part => part is { IsDone: true, JobId: not null }))
        {
            for (int place = 1; place <= part.Results.Count; place++)
            {
                string path = file.ResultPath(part.Number, place);
                if (!File.Exists(path))
                {
                    await FetchAsync(part, place, path, cancellationToken);
                }
            }
        }
    }

    /// <summary>Fetches the results of a part once more, and keeps of each file the one that tells of more requests.</summary>
    /// <param name="part">The part, whose files tell of fewer requests than have ended.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When that is done. Where it fails, the files are as they were.</returns>
    /// <exception cref="ChatServiceException">The files cannot be written.</exception>
    public async Task FetchAgainAsync(BatchPart part, CancellationToken cancellationToken)
    {
        for (int place = 1; place <= part.Results.Count && !Troubles.ContainsKey(part.Number); place++)
        {
            string path = file.ResultPath(part.Number, place);
            try
            {
                await FetchAsync(part, place, path, cancellationToken);
            }
            catch (ChatServiceException failure) when (failure.ErrorId != ErrorIds.CheckpointFailed)
            {
                settings.Verbose?.Invoke(Printable.Text($"The results of part {part.Number} were to be fetched once more: {failure.Message}"));
            }
        }
    }

    private async Task FetchAsync(BatchPart part, int place, string path, CancellationToken cancellationToken)
    {
        UnfinishedFile? results = null;
        file.Guard(() =>
        {
            file.Ready();
            UnfinishedFile.RemoveAbandoned(path);
            results = new UnfinishedFile(path);
        });
        using UnfinishedFile target = results!;
        try
        {
            await engine.DownloadAsync(connection, JobOf(part), part.Results[place - 1], target.Content, settings, cancellationToken);
        }
        catch (ChatServiceException failure) when (failure is { StatusCode: 404, MissingEndpoint: null })
        {
            if (!File.Exists(path))
            {
                Troubles[part.Number] = new ChatServiceException(ErrorIds.BadResponse, FormattableString.Invariant($"The results of part {part.Number} are gone: {failure.Message}"), BatchFailure.Again, failure) { StatusCode = 404 };
            }

            return;
        }

        file.Guard(() => Keep(part, target, path));
    }

    private void Keep(BatchPart part, UnfinishedFile target, string path)
    {
        target.Content.Flush(flushToDisk: true);
        int own = Count(target.Content);
        if (own == 0 && target.Content.Length > 0 && Told(part) > 0)
        {
            Troubles[part.Number] = Refusal(part);
        }
        else if (!File.Exists(path) || own > CountOf(path))
        {
            target.Complete(path, replaces: true);
        }
    }

    /// <summary>Says that what came is not the results.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException Refusal(BatchPart part) => new(
        ErrorIds.BadResponse,
        FormattableString.Invariant($"What the service gave as results of part {part.Number} tells of none of its requests, though {Told(part)} have ended. It is not kept."),
        "Receive the batch again: the results are fetched anew. Look at what stands between here and the service if it stays so.");

    private int CountOf(string path)
    {
        using FileStream there = BatchLines.Open(path);
        return Count(there);
    }

    private int Count(Stream content)
    {
        content.Position = 0;
        int own = 0;
        BatchLines.Each(content, engine, file.State, (_, _) => own++);
        return own;
    }

    private static BatchJob JobOf(BatchPart part) =>
        new(part.JobId!, part.Status) { Results = part.Results, Total = part.Requests, Completed = part.Completed, Failed = part.Failed, Name = part.Name, Model = part.Model, Raw = part.Raw };
}
