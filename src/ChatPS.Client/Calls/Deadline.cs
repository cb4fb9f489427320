namespace ChatPS.Client.Calls;

/// <summary>
/// The time limit of one attempt. It runs anew with each attempt and each read of a stream, and rests while a retry waits or
/// the user is busy with what came, so that neither is mistaken for a service that is silent.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _closing;
    private readonly ITimer _timer;
    private volatile bool _hasExpired;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller, CancellationToken closing)
    {
        Limit = limit;
        _caller = caller;
        _closing = closing;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller, closing);
        _timer = time.CreateTimer(static state => ((Deadline)state!).Expire(), this, limit, System.Threading.Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Limit { get; }

    public CancellationToken Token => _source.Token;

    public bool HasExpired => _hasExpired;

    public bool CallerCancelled => _caller.IsCancellationRequested;

    public bool ConnectionClosed => _closing.IsCancellationRequested;

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
            _hasExpired = true;
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended while the timer fired.
        }
    }
}
