namespace ChatPS.Scheduling;

/// <summary>
/// Carries what the thread pool produces to the one thread that may write to the pipeline. Whoever produces faster than the
/// pipeline takes is made to wait.
/// </summary>
#pragma warning disable CA1001 // A semaphore that nobody asks for its wait handle has nothing to free.
internal sealed class Pump
#pragma warning restore CA1001
{
    private const int MostWaiting = 1024;
    private const int MillisecondsPerTick = 250;

    private readonly object _lock = new();
    private readonly SemaphoreSlim _space = new(MostWaiting);
    private Queue<(Action Action, bool Counted)> _waiting = new();
    private Queue<(Action Action, bool Counted)> _spare = new();

    /// <summary>Hands over an action that is small and rare, such as a verbose line; never waits.</summary>
    /// <param name="action">What the pipeline thread will do.</param>
    public void Post(Action action) => Enqueue(action, counted: false);

    /// <summary>Hands over an action once there is room for it.</summary>
    /// <param name="action">What the pipeline thread will do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it has been handed over, not when it has been done.</returns>
    public async ValueTask PostAsync(Action action, CancellationToken cancellationToken)
    {
        await _space.WaitAsync(cancellationToken);
        Enqueue(action, counted: true);
    }

    /// <summary>Does what is handed over, on this thread, until a task has ended and nothing is left to do.</summary>
    /// <param name="task">The task.</param>
    /// <param name="tick">Done on this thread a few times a second meanwhile, and whenever something was handed over.</param>
    public void RunUntil(Task task, Action? tick = null)
    {
        if (!task.IsCompleted)
        {
            _ = task.ContinueWith(static (_, state) => ((Pump)state!).Wake(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        while (true)
        {
            bool isOver = task.IsCompleted;
            if (!RunWaiting() && isOver)
            {
                return;
            }

            lock (_lock)
            {
                while (_waiting.Count == 0 && !task.IsCompleted)
                {
                    if (tick is null)
                    {
                        Monitor.Wait(_lock);
                    }
                    else if (!Monitor.Wait(_lock, MillisecondsPerTick))
                    {
                        break;
                    }
                }
            }

            tick?.Invoke();
        }
    }

    /// <summary>Does what has been handed over so far, on this thread.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool RunWaiting()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return false;
            }

            (_waiting, _spare) = (_spare, _waiting);
        }

        while (_spare.Count > 0)
        {
            (Action action, bool counted) = _spare.Dequeue();
            if (counted)
            {
                _space.Release();
            }

            action();
        }

        return true;
    }

    private void Enqueue(Action action, bool counted)
    {
        lock (_lock)
        {
            _waiting.Enqueue((action, counted));
            Monitor.Pulse(_lock);
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            Monitor.Pulse(_lock);
        }
    }
}
