namespace ChatPS.Client.Speech;

/// <summary>Times of sound as others write them.</summary>
internal static class SoundTime
{
    // About a year and two months; nothing that is sent lasts as long.
    private const double Longest = 10_000 * 3600;

    /// <summary>Reads a time.</summary>
    /// <param name="seconds">The seconds; null where nobody tells.</param>
    /// <returns>The time; null where it is none that sound can have.</returns>
    public static TimeSpan? FromSeconds(double? seconds) =>

        // TimeSpan.FromSeconds rounds, and not everywhere alike.
        seconds is >= 0 and < Longest ? TimeSpan.FromTicks((long)Math.Round(seconds.Value * TimeSpan.TicksPerSecond)) : null;
}
