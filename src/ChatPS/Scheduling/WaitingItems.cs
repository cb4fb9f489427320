using System.Diagnostics;
using ChatPS.Client.Connections;

namespace ChatPS.Scheduling;

/// <summary>Says in words what items under way wait for.</summary>
internal static class WaitingItems
{
    /// <summary>Describes the waits: how many there are, and of the one that began first how long it lasts and why.</summary>
    /// <param name="watches">What the items are at.</param>
    /// <param name="now">Ticks of <see cref="Stopwatch"/>.</param>
    /// <returns>The words, which begin with a comma; empty where nothing waits.</returns>
    public static string Describe(IEnumerable<CallWatch?> watches, long now)
    {
        int waiting = 0;
        CallWait? first = null;
        foreach (CallWatch? watch in watches)
        {
            if (watch?.Wait is { } wait)
            {
                waiting++;
                first ??= wait;
            }
        }

        if (first is null)
        {
            return "";
        }

        double seconds = Math.Ceiling((first.Until - now) / (double)Stopwatch.Frequency);
        string left = seconds >= 1 ? FormattableString.Invariant($" {seconds:0} s more") : "";
        return FormattableString.Invariant($", {waiting} waiting{left}: {first.Reason}");
    }
}
