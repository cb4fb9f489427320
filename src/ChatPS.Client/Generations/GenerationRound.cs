using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>Looks at all tasks of a family together, one round after the other, while anybody waits for one.</summary>
internal sealed class GenerationRound(GenerationService service, TimeProvider time, Action<GenerationVigil, TimeSpan> tell)
{
    private static readonly TimeSpan LeastPauseForACall = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly List<GenerationVigil> _vigils = [];
    private Bell _bell = new(time);
    private bool _isRunning;

    /// <summary>Waits for a task.</summary>
    /// <param name="vigil">The wait.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The task at its end.</returns>
    public async Task<ChatGeneration> JoinAsync(GenerationVigil vigil, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _vigils.Add(vigil);
            if (!_isRunning)
            {
                _isRunning = true;
                _bell = new Bell(time);
                _ = Task.Run(RunAsync, CancellationToken.None);
            }

            vigil.Bell = _bell;
        }

        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Task.WhenAny(vigil.Ended, Task.Delay(Timeout.Infinite, over.Token));
            cancellationToken.ThrowIfCancellationRequested();
            return await vigil.Ended;
        }
        finally
        {
            over.Cancel();
            lock (_lock)
            {
                _vigils.Remove(vigil);
                if (_vigils.Count == 0)
                {
                    // Nobody is left to look for.
                    _bell.Ring();
                }
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await RoundsAsync();
        }
#pragma warning disable CA1031 // Whoever waits must hear of it, and nobody above does.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_lock)
            {
                _isRunning = false;
                _vigils.ForEach(vigil => vigil.Fail(Failures.Unexpected(exception)));
            }
        }
    }

    private async Task RoundsAsync()
    {
        LookPace? pace = null;
        while (true)
        {
            GenerationVigil[] now;
            lock (_lock)
            {
                now = [.. _vigils.Where(vigil => !vigil.Ended.IsCompleted)];
                if (now.Length == 0)
                {
                    _isRunning = false;
                    return;
                }
            }

            pace ??= new LookPace(service.PauseOf(now[0].Task));
            (TimeSpan? told, bool hasFailed) = await LookAsync(now);
            if (Array.TrueForAll(now, vigil => vigil.Ended.IsCompleted))
            {
                continue;
            }

            int most = service.MostAtOnce(now[0].Task);
            int calls = (now.Length + most - 1) / most;
            TimeSpan pause = pace.Next(told, hasFailed, TimeSpan.FromTicks(LeastPauseForACall.Ticks * calls));
            tell(now[0], pause);
            await _bell.PauseAsync(pause, CancellationToken.None);
        }
    }

    private async Task<(TimeSpan? Told, bool HasFailed)> LookAsync(GenerationVigil[] now)
    {
        TimeSpan? told = null;
        try
        {
            IReadOnlyList<SeenGeneration?> seen = await service.SeeAsync([.. now.Select(vigil => vigil.Task)], now[0].Settings, CancellationToken.None);
            for (int place = 0; place < now.Length; place++)
            {
                if (seen[place] is { } task)
                {
                    told = task.PollAfter ?? told;
                    now[place].See(task.Task);
                }
                else
                {
                    now[place].Miss(GenerationService.Unknown(now[place].Task));
                }
            }

            return (told, false);
        }
        catch (ChatServiceException failure)
        {
            Array.ForEach(now, vigil => vigil.Miss(failure));
            return (failure.RetryAfter, true);
        }
    }
}
