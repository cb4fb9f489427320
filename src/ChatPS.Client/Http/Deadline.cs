namespace ChatPS.Client;

/// <summary>
/// The time limit of one attempt. It runs anew with each attempt and each event of a stream, and rests while a retry waits,
/// so that a service that says "come back in a minute" is not mistaken for one that is silent.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly ITimer _timer;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        Limit = limit;
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _timer = time.CreateTimer(static state => ((Deadline)state!).Expire(), this, limit, System.Threading.Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Limit { get; }

    public CancellationToken Token => _source.Token;

    public bool HasExpired { get; private set; }

    public bool CallerCancelled => _caller.IsCancellationRequested;

    public void Restart() => _timer.Change(Limit, System.Threading.Timeout.InfiniteTimeSpan);

    public void Pause() => _timer.Change(System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Expire()
    {
        try
        {
            HasExpired = true;
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended while the timer fired.
        }
    }
}
