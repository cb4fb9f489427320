namespace ChatPS.Client.Calls;

/// <summary>Pauses by any clock, on all frameworks.</summary>
internal static class Pauses
{
    /// <summary>Waits.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="pause">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When the pause is over.</returns>
    public static Task PauseAsync(this TimeProvider time, TimeSpan pause, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        Task.Delay(pause, time, cancellationToken);
#else
        time.Delay(pause, cancellationToken);
#endif
}
