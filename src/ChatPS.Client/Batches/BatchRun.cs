using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>
/// Drives a batch that is written: uploads its parts, starts them, looks at them and stops them, several side by side. Each step
/// is on the disk before the next one, so that whoever goes on after a crash loses nothing and sends nothing twice.
/// </summary>
/// <param name="file">The batch.</param>
/// <param name="connection">The connection.</param>
/// <param name="engine">What the service does with batches.</param>
/// <param name="settings">What the calls do otherwise.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchRun(BatchFile file, ServiceConnection connection, IBatchEngine engine, CallSettings settings, TimeProvider time)
{
    private const int AtOnce = 4;
    private const int MostFailures = 10;

    // Some services are done before they tell where the results lie.
    private const int MostLacks = 5;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // Others may fill the queue for hours, and each try leaves a failed job at the service.
    private static readonly TimeSpan PauseOfTries = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan PatienceForResults = TimeSpan.FromDays(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    // What the user adds to the requests is in them already.
    private readonly CallSettings _settings = settings with { AdditionalBody = null };

    private readonly BatchParts _parts = new(file, time);

    /// <summary>Gets or sets who hears of the batch after each round of looks; null for nobody. Called on any thread.</summary>
    public Action<ChatBatch>? Seen { get; set; }

    /// <summary>Gets the batch as it is.</summary>
    public ChatBatch Batch => BatchMapper.ToBatch(State, file.Path);

    private BatchState State => file.State;

    private BatchStarter Starter => field ??= new BatchStarter(file, connection, engine, _settings, time, _parts);

    /// <summary>Uploads and starts what has not been. Parts for which the service's queue has no room wait.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When each part has had its turn.</returns>
    /// <exception cref="ChatServiceException">A part could not be started; those beside it were all the same.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RequireWritten();
        if (await StartEachAsync(cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Looks once at each part that is under way.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When all have been looked at.</returns>
    /// <exception cref="ChatServiceException">A part could not be looked at; those beside it were all the same.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await LookEachAsync(cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Waits until the service is done with all parts, and starts those that wait as soon as there is room.</summary>
    /// <param name="cancellationToken">Stops the wait. The service goes on.</param>
    /// <returns>When the service is done. Parts may have failed all the same.</returns>
    /// <exception cref="ChatServiceException">The service tells no more of a part, or a part cannot be started.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        RequireWritten();
        TimeSpan least = engine.Limits(State.For).Pause;
        Polling pace = new(time, least, LongestPause > least ? LongestPause : least);
        int failures = 0;
        int lacks = 0;
        while (true)
        {
            ChatServiceException? failure = await LookEachAsync(cancellationToken);
            ChatServiceException? unstarted = await StartEachAsync(cancellationToken);
            Seen?.Invoke(Batch);
            if (State.Parts.TrueForAll(part => part.IsDone) && (!State.Parts.Exists(part => part.LacksResults) || ++lacks > MostLacks))
            {
                return;
            }

            // What cannot be started is an error once nothing else is left to wait for.
            failure ??= State.Parts.Exists(part => part.IsUnderWay) ? null : unstarted;
            failures = failure is null ? 0 : failures + 1;
            if (failure is not null && (!IsPassing(failure) || failures > MostFailures))
            {
                throw failure;
            }

            _settings.Watch?.Waits(FormattableString.Invariant($"{Batch.Completed ?? 0} of {State.Requests} requests are answered"), pace.Pause);
            await PauseAsync(pace, cancellationToken);
            _settings.Watch?.GoesOn();
        }
    }

    /// <summary>Requires that the service tells where the answers lie of all parts that ended lately: what is answered is not to be asked again.</summary>
    /// <exception cref="ChatServiceException">It does not.</exception>
    public void RequireResults()
    {
        DateTimeOffset lately = time.GetUtcNow() - PatienceForResults;
        if (State.Parts.Find(part => part.LacksResults && part.EndedAt > lately) is { } part)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"Part {part.Number} of the batch '{file.Path}' has {part.Completed} answers, and the service does not tell yet where they lie."),
                "Wait some minutes, and ask again then; after a day what has no answer is asked again all the same.");
        }
    }

    /// <summary>Stops all parts. Those that the service does not have are not started any more.</summary>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>When the service has been told.</returns>
    /// <exception cref="ChatServiceException">A part could not be stopped; those beside it were all the same.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (await EachAsync(State.Parts.Where(part => !part.IsDone), StopAsync, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    // What the service asks for counts, but for a thousand looks a second or one a day.
    private async Task PauseAsync(Polling pace, CancellationToken cancellationToken)
    {
        if (_parts.TakePollAfter() is not { } told)
        {
            await pace.WaitAsync(cancellationToken);
            return;
        }

        TimeSpan pause = TimeSpan.FromTicks(Math.Min(Math.Max(told.Ticks, ShortestPause.Ticks), PauseOfTries.Ticks));
        await time.PauseAsync(pause, cancellationToken);
    }

    private void RequireWritten()
    {
        if (!State.IsWritten)
        {
            throw Failures.Invalid($"The batch '{file.Path}' was broken off while it was written; nothing of it was sent.", "Run the command that began it again, with the same input.");
        }
    }

    private static async Task<ChatServiceException?> EachAsync(IEnumerable<BatchPart> parts, Func<BatchPart, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using SemaphoreSlim room = new(AtOnce);
        ChatServiceException?[] failures = await Task.WhenAll(parts.ToArray().Select(async part =>
        {
            await room.WaitAsync(cancellationToken);
            try
            {
                await work(part, cancellationToken);
                return null;
            }
            catch (ChatServiceException failure) when (failure.ErrorId != ErrorIds.CheckpointFailed)
            {
                return failure;
            }
            finally
            {
                room.Release();
            }
        }));
        return Array.Find(failures, failure => failure is not null);
    }

    // Of the parts that found no room one tries at a time: what is refused would fill the service's list of jobs.
    private async Task<ChatServiceException?> StartEachAsync(CancellationToken cancellationToken)
    {
        BatchPart[] waiting = [.. State.Parts.Where(part => part is { JobId: null, IsDone: false })];
        bool isTrying = State.Parts.Exists(part => part is { IsHeld: true, IsUnderWay: true });
        bool isIdle = !State.Parts.Exists(part => part.IsUnderWay) && time.GetUtcNow() - _parts.RefusedAt >= PauseOfTries;
        BatchPart? trial = !isTrying && (_parts.HasRoom || isIdle) ? Array.Find(waiting, part => part.IsHeld) : null;
        BatchPart[] next = [.. waiting.Where(part => !part.IsHeld || part == trial)];
        if (!engine.Limits(State.For).StartsOneByOne)
        {
            return await EachAsync(next, Starter.StartAsync, cancellationToken);
        }

        // Until it is plain what became of one, no other may be taken for it.
        ChatServiceException? failure = null;
        foreach (BatchPart part in next.OrderBy(part => part.AskedAt is null))
        {
            failure ??= await EachAsync([part], Starter.StartAsync, cancellationToken);
            if (part is { AskedAt: not null, JobId: null })
            {
                break;
            }
        }

        return failure;
    }

    private Task<ChatServiceException?> LookEachAsync(CancellationToken cancellationToken) => EachAsync(
        State.Parts.Where(part => part.IsUnderWay || part.IsLost || part.LacksResults),
        async (part, token) =>
        {
            try
            {
                _parts.Update(part, await engine.GetAsync(connection, part.JobId!, _settings, token) with { Id = part.JobId! });
            }
            catch (ChatServiceException failure) when (failure is { StatusCode: 404, MissingEndpoint: null })
            {
                _parts.Lose(part, failure);
            }
        },
        cancellationToken);

    private async Task StopAsync(BatchPart part, CancellationToken cancellationToken)
    {
        if (part.JobId is null && part.AskedAt is not null)
        {
            await Starter.FindAsync(part, cancellationToken);
        }

        if (part is { IsUnderWay: true, IsPresumed: true })
        {
            throw Failures.Invalid(
                $"Part {part.Number} is not stopped: the answer to its start was lost, and the job '{part.JobId}' may be it, or one of another program.",
                $"Find out at the service whose it is. If it is yours, stop it with Stop-ChatBatch -Id '{part.JobId}'.");
        }

        if (part.IsUnderWay)
        {
            _parts.Update(part, await engine.StopAsync(connection, part.JobId!, _settings, cancellationToken) with { Id = part.JobId! });
        }
        else if (!part.IsDone)
        {
            file.Change(() =>
            {
                part.Status = ChatBatchStatus.Cancelled;
                part.Reason = "It was stopped before it was started.";
                part.EndedAt = time.GetUtcNow();
            });
        }
    }

    // A wait of a day outlives a proxy that is started anew.
    private static bool IsPassing(ChatServiceException failure) =>
        failure.ErrorId is ErrorIds.RateLimited or ErrorIds.Timeout or ErrorIds.ConnectionFailed or ErrorIds.ServerError or ErrorIds.BadResponse or ErrorIds.StreamTruncated;
}
