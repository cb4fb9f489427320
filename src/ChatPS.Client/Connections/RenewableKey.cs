using ChatPS.Client.Faults;

namespace ChatPS.Client.Connections;

/// <summary>A key that is asked for anew before it ends, and when the service refuses it. Safe for many threads, of which one asks.</summary>
#pragma warning disable CA1001 // A semaphore that nobody asks for its wait handle has nothing to free.
internal sealed class RenewableKey(Func<CancellationToken, IssuedKey> ask, TimeProvider time, TimeSpan? margin = null)
#pragma warning restore CA1001
{
    /// <summary>How long a key is kept that does not tell when it ends.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Enough for a request to be sent and looked at, and for clocks that differ.
    private static readonly TimeSpan UsualMargin = TimeSpan.FromMinutes(5);

    // No answer comes so late that it quotes an older one.
    private const int MostRemembered = 32;

    // After a renewal that failed, how long what is held is used before the next.
    private static readonly TimeSpan Respite = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _margin = margin ?? UsualMargin;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Holding? _current;
    private volatile string[] _known = [];
    private volatile Failed? _failed;

    /// <summary>Gets the values that the key has had, the newest first.</summary>
    public IReadOnlyList<string> Known => _known;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } value)
        {
            return value;
        }

        Failed? before = _failed;
        await _gate.WaitAsync(cancellationToken);

        // Whoever is stopped waits no longer, whatever the source of the key is at; the next one asks only when it has ended.
        Task<string> asking = Task.Run(() => AskAndLeave(before, cancellationToken), CancellationToken.None);
        TaskCompletionSource<string> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => stopped.TrySetCanceled(cancellationToken)))
        {
            return await await Task.WhenAny(asking, stopped.Task);
        }
    }

    public string Get()
    {
        if (Fresh() is { } value)
        {
            return value;
        }

        Failed? before = _failed;
        _gate.Wait();
        return AskAndLeave(before, CancellationToken.None);
    }

    /// <summary>Drops a value that the service refused; a newer one stays.</summary>
    /// <param name="value">The value.</param>
    public void Refuse(string value)
    {
        if (_current is { } current && current.Value == value)
        {
            Interlocked.CompareExchange(ref _current, null, current);
        }
    }

    private string? Fresh() => _current is { } current && time.GetUtcNow() < current.GoodUntil ? current.Value : null;

    private string AskAndLeave(Failed? before, CancellationToken cancellationToken)
    {
        try
        {
            // Those who waited while another one asked share what came of it.
            return Fresh() ?? (_failed is { } failed && failed != before ? throw Copy(failed.Why) : Ask(cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }

    private string Ask(CancellationToken cancellationToken)
    {
        DateTimeOffset now;
        IssuedKey key;
        try
        {
            key = ask(cancellationToken);
        }
        catch (Exception exception) when (exception is ChatServiceException or OperationCanceledException)
        {
            // A source that hangs until its caller's time is up has failed as well.
            now = time.GetUtcNow();
            if (_current is { } held && now < held.EndsAt)
            {
                Interlocked.CompareExchange(ref _current, held with { GoodUntil = Min(held.EndsAt, now + Respite) }, held);
                return held.Value;
            }

            if (exception is not ChatServiceException failure)
            {
                throw;
            }

            _failed = new Failed(failure);
            throw Copy(failure);
        }

        now = time.GetUtcNow();
        if (!_known.Contains(key.Value, StringComparer.Ordinal))
        {
            _known = [key.Value, .. _known.Take(MostRemembered - 1)];
        }

        DateTimeOffset end = key.ExpiresOn ?? now + Lifetime;
        _current = new Holding(key.Value, key.ExpiresOn is null ? end : end - Min(_margin, TimeSpan.FromTicks((end - now).Ticks / 2)), end);
        return key.Value;
    }

    // It may quote the key that it was to replace.
    private ChatServiceException Copy(ChatServiceException failure) => new(
        failure.ErrorId is ErrorIds.ConnectionFailed or ErrorIds.RateLimited or ErrorIds.ServerError or ErrorIds.BadResponse ? failure.ErrorId : ErrorIds.AuthenticationFailed,
        _known.Aggregate(failure.Message, SecretValue.Mask),
        failure.RecommendedAction)
    {
        StatusCode = failure.StatusCode,
        RetryAfter = failure.RetryAfter,
    };

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static DateTimeOffset Min(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private sealed record Holding(string Value, DateTimeOffset GoodUntil, DateTimeOffset EndsAt);

    private sealed class Failed(ChatServiceException why)
    {
        public ChatServiceException Why => why;
    }
}
