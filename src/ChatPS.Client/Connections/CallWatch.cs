using System.Diagnostics;

namespace ChatPS.Client.Connections;

/// <summary>What a call waits for, for whoever looks on while it lasts. Safe for many threads.</summary>
public sealed class CallWatch
{
    private volatile CallWait? _wait;

    /// <summary>Gets what the call waits for on our side; null while the service is at work.</summary>
    public CallWait? Wait => _wait;

    /// <summary>The call waits.</summary>
    /// <param name="reason">What for, in words.</param>
    /// <param name="atLeast">How long at least; zero if nobody knows.</param>
    public void Waits(string reason, TimeSpan atLeast) =>
        _wait = new CallWait(reason, Stopwatch.GetTimestamp() + (long)(Math.Min(atLeast.TotalSeconds, int.MaxValue) * Stopwatch.Frequency));

    /// <summary>The call goes on.</summary>
    public void GoesOn() => _wait = null;
}
