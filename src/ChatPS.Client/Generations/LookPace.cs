namespace ChatPS.Client.Generations;

/// <summary>How long to pause between two looks: as long as the service asks, within bounds, else pauses of our own that grow.</summary>
/// <param name="own">The first pause of our own.</param>
internal sealed class LookPace(TimeSpan own)
{
    private static readonly TimeSpan LongestOwn = TimeSpan.FromSeconds(15);

    // A task is done at some time, whatever was asked hours ago.
    private static readonly TimeSpan LongestTold = TimeSpan.FromMinutes(5);

    // No pause at all would be a thousand looks a second.
    private static readonly TimeSpan ShortestTold = TimeSpan.FromMilliseconds(20);

    // Who is nearly done may ask for a look in a moment; who asks for that again and again is not nearly done.
    private const int MostShort = 20;

    private TimeSpan? _next;
    private int _short;

    /// <summary>Finds the next pause.</summary>
    /// <param name="told">How long the service asks for; null where it says nothing.</param>
    /// <param name="hasFailed">Whether the look failed: such a service is not asked sooner than any.</param>
    /// <param name="least">The least pause of our own.</param>
    /// <returns>The pause.</returns>
    public TimeSpan Next(TimeSpan? told, bool hasFailed = false, TimeSpan least = default)
    {
        if (told is { } asked && (asked >= own || (!hasFailed && ++_short <= MostShort)))
        {
            return Between(ShortestTold, asked, LongestTold);
        }

        TimeSpan pause = _next ?? own;
        _next = Between(own, TimeSpan.FromTicks(pause.Ticks * 5 / 4), LongestOwn);
        return pause > least ? pause : least;
    }

    private static TimeSpan Between(TimeSpan least, TimeSpan time, TimeSpan most) => time > most ? most : time < least ? least : time;
}
