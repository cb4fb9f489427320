using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>Looks at all tasks of a family together, one round after the other, while anybody waits for one.</summary>
internal sealed class GenerationRound(GenerationService service, TimeProvider time, TimeSpan leastPause, Func<TimeSpan, TimeSpan> longer)
{
    private readonly object _lock = new();
    private readonly List<GenerationVigil> _vigils = [];
    private TaskCompletionSource<bool> _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isRunning;

    /// <summary>Waits for a task.</summary>
    /// <param name="vigil">The wait.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The task at its end.</returns>
    public async Task<ChatGeneration> JoinAsync(GenerationVigil vigil, CancellationToken cancellationToken)
    {
        vigil.Woken = Wake;
        lock (_lock)
        {
            _vigils.Add(vigil);
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
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
                    // Nobody is left to look for; the others' pause goes on.
                    _woken.TrySetResult(true);
                }
            }
        }
    }

    /// <summary>Waits by a clock.</summary>
    /// <param name="pause">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is over.</returns>
    public static Task Delay(TimeSpan pause, TimeProvider time, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        Task.Delay(pause, time, cancellationToken);
#else
        time.Delay(pause, cancellationToken);
#endif

    private void Wake()
    {
        lock (_lock)
        {
            _woken.TrySetResult(true);
        }
    }

    private async Task RunAsync()
    {
        TimeSpan pause = TimeSpan.Zero;
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

                _woken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (pause == TimeSpan.Zero)
            {
                pause = service.PauseOf(now[0].Task);
            }

            TimeSpan? told = await LookAsync(now);
            int calls = (now.Length + service.MostAtOnce(now[0].Task) - 1) / service.MostAtOnce(now[0].Task);
            TimeSpan wait = told ?? Max(pause, TimeSpan.FromTicks(leastPause.Ticks * calls));
            pause = longer(pause);
            using CancellationTokenSource over = new();
            await Task.WhenAny(Delay(wait, time, over.Token), _woken.Task);
            over.Cancel();
        }
    }

    private async Task<TimeSpan?> LookAsync(GenerationVigil[] now)
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
        }
        catch (ChatServiceException failure)
        {
            told = failure.RetryAfter;
            foreach (GenerationVigil vigil in now)
            {
                vigil.Miss(failure);
            }
        }
#pragma warning disable CA1031 // Whoever waits must hear of it, and nobody above does.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (GenerationVigil vigil in now)
            {
                vigil.Miss(Failures.Unexpected(exception));
            }
        }

        return told;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
