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

    private readonly TimeSpan _margin = margin ?? UsualMargin;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Holding? _current;
    private volatile string[] _known = [];

    /// <summary>Gets the values that the key has had, the newest first.</summary>
    public IReadOnlyList<string> Known => _known;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } value)
        {
            return value;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await Task.Run(() => Ask(cancellationToken), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public string Get()
    {
        if (Fresh() is { } value)
        {
            return value;
        }

        _gate.Wait();
        try
        {
            return Fresh() ?? Ask(CancellationToken.None);
        }
        finally
        {
            _gate.Release();
        }
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

    private string Ask(CancellationToken cancellationToken)
    {
        IssuedKey key;
        try
        {
            key = ask(cancellationToken);
        }
        catch (ChatServiceException failure)
        {
            // It may quote the key that it was to replace.
            string id = failure.ErrorId is ErrorIds.ConnectionFailed or ErrorIds.RateLimited or ErrorIds.ServerError or ErrorIds.BadResponse ? failure.ErrorId : ErrorIds.AuthenticationFailed;
            throw new ChatServiceException(id, _known.Aggregate(failure.Message, SecretValue.Mask), failure.RecommendedAction);
        }

        DateTimeOffset now = time.GetUtcNow();
        if (!_known.Contains(key.Value, StringComparer.Ordinal))
        {
            _known = [key.Value, .. _known.Take(MostRemembered - 1)];
        }

        _current = new Holding(key.Value, key.ExpiresOn is { } end ? end - Min(_margin, TimeSpan.FromTicks((end - now).Ticks / 2)) : now + Lifetime);
        return key.Value;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private sealed record Holding(string Value, DateTimeOffset GoodUntil);
}
