namespace ChatPS.Client.Decisions;

/// <summary>Something about a service that the first call finds out. Calls that come meanwhile wait, and follow; where the first fails, each finds out for itself.</summary>
/// <typeparam name="T">What is found.</typeparam>
#pragma warning disable CA1001 // A semaphore that nobody asks for its wait handle has nothing to free.
internal sealed class FoundOnce<T>
#pragma warning restore CA1001
    where T : class
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile T? _found;
    private volatile bool _hasFailed;

    /// <summary>Gets what was found; null before that.</summary>
    public T? Found => _found;

    /// <summary>Makes a call.</summary>
    /// <typeparam name="TResult">What it gives.</typeparam>
    /// <param name="follow">Makes it, by what was found.</param>
    /// <param name="find">Makes it, and finds out. A call that fails finds nothing.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>What the call gives.</returns>
    public async Task<TResult> CallAsync<TResult>(Func<T, Task<TResult>> follow, Func<Task<(T Found, TResult Result)>> find, CancellationToken cancellationToken)
    {
        if (_found is null && !_hasFailed)
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                if (_found is null && !_hasFailed)
                {
                    return await FindAsync(find);
                }
            }
            catch (ChatServiceException)
            {
                // A service that is down must not make its callers queue.
                _hasFailed = true;
                throw;
            }
            finally
            {
                _turn.Release();
            }
        }

        return _found is { } found ? await follow(found) : await FindAsync(find);
    }

    /// <summary>Forgets what does not hold any more, so that the next call finds out anew. What was found since stays.</summary>
    /// <param name="found">What had been found.</param>
    public void Forget(T found)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _found, null, found), found))
        {
            _hasFailed = false;
        }
    }

    private async Task<TResult> FindAsync<TResult>(Func<Task<(T Found, TResult Result)>> find)
    {
        (T found, TResult result) = await find();
        _found = found;
        return result;
    }
}
