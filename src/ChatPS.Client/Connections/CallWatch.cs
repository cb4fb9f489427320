using System.Diagnostics;

namespace ChatPS.Client.Connections;

/// <summary>What a call waits for, for whoever looks on while it lasts. Safe for many threads.</summary>
public sealed class CallWatch
{
    private volatile CallWait? _wait;
    private volatile CallTransfer? _transfer;
    private volatile ChatGeneration? _task;

    /// <summary>Gets what the call waits for on our side; null while the service is at work.</summary>
    public CallWait? Wait => _wait;

    /// <summary>The call waits.</summary>
    /// <param name="reason">What for, in words.</param>
    /// <param name="atLeast">How long at least; zero if nobody knows.</param>
    public void Waits(string reason, TimeSpan atLeast) =>
        _wait = new CallWait(reason, Stopwatch.GetTimestamp() + (long)(Math.Min(atLeast.TotalSeconds, int.MaxValue) * Stopwatch.Frequency));

    /// <summary>Gets how much of a large body has gone or come; null where there is none, or it is through.</summary>
    public CallTransfer? Transfer => _transfer;

    /// <summary>Gets the task that is waited for, as it was seen last; null where none is.</summary>
    public ChatGeneration? Task => _task;

    /// <summary>A task that is waited for was seen.</summary>
    /// <param name="task">The task as it is now.</param>
    public void Sees(ChatGeneration task) => _task = task;

    /// <summary>The call goes on.</summary>
    public void GoesOn() => _wait = null;

    /// <summary>A part of a large body has gone or come.</summary>
    /// <param name="transfer">How much so far.</param>
    public void Moves(CallTransfer transfer) => _transfer = transfer.Bytes >= transfer.Total ? null : transfer;
}
