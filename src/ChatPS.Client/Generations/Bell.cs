using ChatPS.Client.Calls;

namespace ChatPS.Client.Generations;

/// <summary>Ends pauses early. Whoever rings during a look ends the pause after it, and whoever rings too often is heard a second later: no ring is lost.</summary>
/// <param name="time">The clock.</param>
internal sealed class Bell(TimeProvider time)
{
    private static readonly TimeSpan LeastBetween = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private TaskCompletionSource<bool> _rung = New();
    private long? _lastHeard;

    /// <summary>Ends the pause.</summary>
    public void Ring()
    {
        lock (_lock)
        {
            _rung.TrySetResult(true);
        }
    }

    /// <summary>Waits, but no longer than until somebody rings.</summary>
    /// <param name="pause">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is over.</returns>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task end = time.PauseAsync(pause, over.Token);
        await Task.WhenAny(end, _rung.Task);
        TimeSpan early = _lastHeard is { } last ? LeastBetween - time.GetElapsedTime(last) : TimeSpan.Zero;
        if (!end.IsCompleted && early > TimeSpan.Zero)
        {
            await Task.WhenAny(end, time.PauseAsync(early, over.Token));
        }

        over.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_rung.Task.IsCompleted)
            {
                _rung = New();
                _lastHeard = time.GetTimestamp();
            }
        }
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
