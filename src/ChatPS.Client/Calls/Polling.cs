namespace ChatPS.Client.Calls;

/// <summary>Looks now and then, with pauses that grow, at what a service is at work on.</summary>
/// <param name="time">The clock.</param>
/// <param name="first">The first pause.</param>
/// <param name="longest">The longest.</param>
internal sealed class Polling(TimeProvider time, TimeSpan first, TimeSpan longest)
{
    /// <summary>Gets the next pause.</summary>
    public TimeSpan Pause { get; private set; } = first;

    /// <summary>Waits, and lets the next pause be longer.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="left">How much time there is left; null for any.</param>
    /// <returns>When the pause is over.</returns>
    public async Task WaitAsync(CancellationToken cancellationToken, TimeSpan? left = null)
    {
        TimeSpan pause = left < Pause ? left.Value : Pause;
        await time.PauseAsync(pause, cancellationToken);
        Pause = TimeSpan.FromTicks(Math.Min(Pause.Ticks * 3 / 2, longest.Ticks));
    }

    /// <summary>Looks until it is done.</summary>
    /// <typeparam name="T">What there is to see.</typeparam>
    /// <param name="seen">What was seen at first.</param>
    /// <param name="isUnderWay">Whether the service is still at work on it.</param>
    /// <param name="look">Looks again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was seen at last.</returns>
    public async Task<T> UntilDoneAsync<T>(T seen, Func<T, bool> isUnderWay, Func<T, Task<T>> look, CancellationToken cancellationToken)
    {
        while (isUnderWay(seen))
        {
            await WaitAsync(cancellationToken);
            seen = await look(seen);
        }

        return seen;
    }
}
