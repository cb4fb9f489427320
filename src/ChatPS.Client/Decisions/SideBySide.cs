namespace ChatPS.Client.Decisions;

/// <summary>Runs the calls of one request side by side, a few at a time.</summary>
internal static class SideBySide
{
    private const int MostAtOnce = 8;

    /// <summary>Runs them. Where one fails, none is begun any more.</summary>
    /// <typeparam name="T">What a call is about.</typeparam>
    /// <typeparam name="TResult">What it gives.</typeparam>
    /// <param name="items">What the calls are about.</param>
    /// <param name="run">Makes a call.</param>
    /// <returns>What they gave, in their order.</returns>
    public static async Task<TResult[]> RunAsync<T, TResult>(IEnumerable<T> items, Func<T, Task<TResult>> run)
    {
        using SemaphoreSlim room = new(MostAtOnce);
        Exception? failed = null;
        return await Task.WhenAll(items.Select(RunAsync));

        async Task<TResult> RunAsync(T item)
        {
            await room.WaitAsync();
            try
            {
                return failed is { } failure ? throw failure : await run(item);
            }
            catch (Exception exception)
            {
                failed ??= exception;
                throw;
            }
            finally
            {
                room.Release();
            }
        }
    }
}
