namespace ChatPS.Client;

/// <summary>One call on its way through the handlers.</summary>
internal sealed class CallContext(ConnectionSettings connection, CallSettings settings, TimeProvider time, CancellationToken caller, CancellationToken closing) : IDisposable
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMilliseconds(100);

    private readonly long _started = time.GetTimestamp();
    private long _attemptStarted;
    private long? _resting;
    private TimeSpan _waited;
    private Turn? _turn;

    public ConnectionSettings Connection { get; } = connection;

    public TimeProvider Time { get; } = time;

    public Deadline Deadline { get; } = new(settings.Timeout ?? connection.Timeout, time, caller, closing);

    public int MaxRetry { get; } = settings.MaxRetry ?? connection.MaxRetry;

    public int Attempts { get; private set; }

    public string? RequestId { get; set; }

    /// <summary>Gets or sets whether the headers of an answer to the current attempt have arrived.</summary>
    public bool HasAnswer { get; set; }

    /// <summary>Gets or sets whether the call was not tried again because too many of the connection's requests fail.</summary>
    public bool HasNoCredit { get; set; }

    public TimeSpan AttemptElapsed => Time.GetElapsedTime(_attemptStarted);

    public TimeSpan Elapsed => Time.GetElapsedTime(_started);

    /// <summary>Gets how long the call waited, for its turn and between attempts.</summary>
    public TimeSpan Waited => _resting is { } since ? _waited + Time.GetElapsedTime(since) : _waited;

    /// <summary>Gets about how many tokens the last attempt was taken to need; 0 before the first.</summary>
    public int EstimatedTokens => (int)(_turn?.Tokens ?? 0);

    public CancellationToken Token => Deadline.Token;

    public void BeginAttempt(Turn turn)
    {
        _waited = Waited;
        _resting = null;
        _turn = turn;
        Attempts++;
        RequestId = null;
        HasAnswer = false;
        _attemptStarted = Time.GetTimestamp();
        Deadline.Restart();
    }

    /// <summary>The call waits on our side: the time limit rests.</summary>
    public void Rest()
    {
        Deadline.Pause();
        _resting ??= Time.GetTimestamp();
    }

    public void WaitForTurn(TimeSpan wait, string reason)
    {
        Rest();
        if (wait > WorthTelling)
        {
            Verbose($"waiting {wait.TotalSeconds:0.##} s or more: {reason}");
        }
    }

    /// <summary>The answer has come, and with it what it cost.</summary>
    /// <param name="usage">The tokens as the service counted them; null where it did not say.</param>
    /// <returns>The same.</returns>
    public ChatUsage? Settle(ChatUsage? usage)
    {
        if (usage is not null)
        {
            _turn?.Settle(usage.InputTokens, usage.OutputTokens);
        }

        return usage;
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
