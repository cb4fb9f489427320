using ChatPS.Client.Connections;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Calls;

/// <summary>One call on its way through the handlers.</summary>
internal sealed class CallContext(ConnectionSettings connection, CallSettings settings, TimeProvider time, CancellationToken caller, CancellationToken closing) : IAnswerOrigin, IDisposable
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMilliseconds(100);

    private readonly long _started = time.GetTimestamp();
    private long _attemptStarted;
    private long? _resting;
    private TimeSpan _waited;
    private Turn? _turn;
    private bool _hasRenewedKey;
    private string? _requestId;
    private string? _failed;

    public ConnectionSettings Connection { get; } = connection;

    public TimeProvider Time { get; } = time;

    public Deadline Deadline { get; } = new(settings.Timeout ?? connection.Timeout, time, caller, closing);

    public int MaxRetry { get; private set; } = settings.MaxRetry ?? connection.MaxRetry;

    public int Attempts { get; private set; }

    /// <summary>Gets what the call does otherwise than its connection says.</summary>
    public CallSettings Settings { get; } = settings;

    /// <summary>Gets or sets the service's id of the request; a service that echoes a key there does not show it.</summary>
    public string? RequestId
    {
        get => _requestId;
        set => _requestId = Redactor.RedactOptional(value, Secrets);
    }

    /// <summary>Gets or sets the key that the last attempt carried.</summary>
    public string? SentKey { get; set; }

    /// <summary>Gets the model that is asked; null where the call has none.</summary>
    public string? Model { get; init; }

    /// <summary>Gets or sets what is known of the connection's models; null where nothing is.</summary>
    public ModelMemory? Models { get; set; }

    /// <summary>Gets or sets when the model retires, as its answer tells; null where it does not.</summary>
    public DateTimeOffset? RetiresAt { get; set; }

    /// <summary>Gets where the call is entered when it ends.</summary>
    public UsageLedger? Ledger { get; init; }

    /// <summary>Gets or sets what is noted of the call for the connection's log; null where it keeps none.</summary>
    public CallNotes? Notes { get; set; }

    /// <summary>Gets or sets who hears that the call has ended; null for nobody.</summary>
    public Action<CallContext>? Ended { get; set; }

    /// <summary>Gets what lines about the call end with: the item that it is for, where that is known.</summary>
    public string ItemMark => Settings.Subject?.ToString() is { Length: > 0 } item ? $" [{item}]" : "";

    public string ConnectionName => Connection.Name;

    public Secrets Secrets { get; } = new(connection, settings);

    public bool HasSucceeded { get; private set; }

    public string? AnsweredModel { get; private set; }

    public ChatUsage? Usage { get; private set; }

    /// <summary>Gets what the answer cost; null where that is not known.</summary>
    public decimal? Cost { get; private set; }

    /// <summary>Gets the quota that came with the answer.</summary>
    public ChatQuota? Quota { get; private set; }

    public DateTimeOffset At => Time.GetUtcNow();

    /// <summary>Gets or sets the status of the answer to the current attempt; 0 before its headers have arrived.</summary>
    public int AnswerStatus { get; set; }

    /// <summary>Gets whether the headers of an answer to the current attempt have arrived.</summary>
    public bool HasAnswer => AnswerStatus != 0;

    /// <summary>Gets or sets whether the call was not tried again because too many of the connection's requests fail.</summary>
    public bool HasNoRetryBudget { get; set; }

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
        AnswerStatus = 0;
        _attemptStarted = Time.GetTimestamp();
        Deadline.Restart();
        Settings.Watch?.GoesOn();
    }

    /// <summary>The call waits on our side: the time limit rests.</summary>
    public void Rest()
    {
        Deadline.Pause();
        _resting ??= Time.GetTimestamp();
    }

    /// <summary>The service refused the key. Once in a call, one that can be had anew earns a further attempt.</summary>
    /// <returns>Whether to try again.</returns>
    public bool TryRenewKey()
    {
        if (_hasRenewedKey || SentKey is not { } refused || Connection.Key is not { CanRenew: true } key)
        {
            return false;
        }

        _hasRenewedKey = true;
        key.Refuse(refused);
        MaxRetry++;
        Rest();
        Verbose($"401: trying again with a new key");
        return true;
    }

    /// <summary>An attempt failed; another one follows.</summary>
    /// <param name="reason">Why it failed.</param>
    /// <param name="wait">How long to wait at least.</param>
    public void WaitForRetry(string reason, TimeSpan wait)
    {
        Rest();
        _failed = reason;
        Settings.Watch?.Waits($"{reason}; then it is tried again", wait);
    }

    public void WaitForTurn(TimeSpan wait, string reason)
    {
        Rest();
        Settings.Watch?.Waits(_failed is null ? reason : $"{_failed}; {reason}", wait);
        if (wait > WorthTelling)
        {
            Verbose($"waiting {wait.TotalSeconds:0.##} s or more: {reason}");
        }
    }

    public void Note(ChatQuota? quota) => Quota = quota;

    public decimal? Succeed(string? model, ChatUsage? usage = null)
    {
        HasSucceeded = true;
        AnsweredModel = model is { Length: > 0 } ? Redactor.Redact(model, Secrets) : null;
        Usage = usage;
        if (usage is not null)
        {
            _turn?.Settle(usage.InputTokens, usage.OutputTokens);
        }

        PriceTable? prices = Connection.PricesFor(Settings);
        Cost = prices?.Cost(AnsweredModel, usage) ?? prices?.Cost(Model, usage);
        return Cost;
    }

    public decimal? Succeed(string? model, ChatUsage? usage, IReadOnlyDictionary<string, decimal> units)
    {
        Succeed(model, usage);
        PriceTable? prices = Connection.PricesFor(Settings);
        Cost = prices?.Cost(AnsweredModel, usage, units) ?? prices?.Cost(Model, usage, units);
        return Cost;
    }

    /// <summary>Gets whether anybody reads <see cref="Verbose"/>.</summary>
    public bool IsVerbose => Settings.Verbose is not null;

    /// <summary>Gets whether anybody wants to see bodies.</summary>
    public bool IsDebug => Settings.Debug is not null;

    public void Verbose(FormattableString line)
    {
        if (Settings.Verbose is { } verbose)
        {
            verbose(Redactor.Clean(FormattableString.Invariant(line) + ItemMark, Secrets));
        }
    }

    public void Dispose()
    {
        if (HasSucceeded && Model is not null)
        {
            Settings.Spending?.Add(Usage, Cost);
        }

        Ledger?.Record(new FinishedCall(Connection.Name, Model, AnsweredModel, Attempts, Waited, HasSucceeded, Deadline.CallerCancelled, Usage, Cost, Time.GetUtcNow()) { IsBatch = Settings.IsBatch });
        Ended?.Invoke(this);
        Deadline.Dispose();
    }
}
