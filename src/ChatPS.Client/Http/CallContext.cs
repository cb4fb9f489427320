namespace ChatPS.Client;

/// <summary>One call on its way through the handlers.</summary>
internal sealed class CallContext(ConnectionSettings connection, CallSettings settings, TimeProvider time, CancellationToken caller, CancellationToken closing) : IDisposable
{
    private readonly long _started = time.GetTimestamp();
    private long _attemptStarted;

    public ConnectionSettings Connection { get; } = connection;

    public TimeProvider Time { get; } = time;

    public Deadline Deadline { get; } = new(settings.Timeout ?? connection.Timeout, time, caller, closing);

    public int MaxRetry { get; } = settings.MaxRetry ?? connection.MaxRetry;

    public int Attempts { get; private set; }

    public string? RequestId { get; set; }

    /// <summary>Gets or sets whether the headers of an answer to the current attempt have arrived.</summary>
    public bool HasAnswer { get; set; }

    public TimeSpan AttemptElapsed => Time.GetElapsedTime(_attemptStarted);

    public TimeSpan Elapsed => Time.GetElapsedTime(_started);

    public CancellationToken Token => Deadline.Token;

    public void BeginAttempt()
    {
        Attempts++;
        RequestId = null;
        HasAnswer = false;
        _attemptStarted = Time.GetTimestamp();
        Deadline.Restart();
    }

    public void Verbose(FormattableString line)
    {
        if (settings.Verbose is { } verbose)
        {
            verbose(Redactor.Redact(FormattableString.Invariant(line), Connection.Key));
        }
    }

    public void Dispose() => Deadline.Dispose();
}
