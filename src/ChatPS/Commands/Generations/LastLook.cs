using ChatPS.Client.Calls;
using ChatPS.Client.Faults;

namespace ChatPS.Commands;

/// <summary>What the last look at a task has shown: of a task that nobody saw, nothing is claimed.</summary>
/// <param name="task">The task as it was given.</param>
internal sealed class LastLook(ChatGeneration task)
{
    private volatile ChatGeneration _task = task;
    private volatile ChatServiceException? _failure;
    private volatile bool _wasSeen = task.Raw.Length > 0;

    /// <summary>Gets the task as it was seen last.</summary>
    public ChatGeneration Task => _task;

    /// <summary>The task was seen.</summary>
    /// <param name="now">The task as it is now.</param>
    public void See(ChatGeneration now)
    {
        _task = now;
        _wasSeen = true;
        _failure = null;
    }

    /// <summary>The look failed.</summary>
    /// <param name="failure">Why.</param>
    public void Miss(ChatServiceException failure) => _failure = failure;

    /// <summary>Says that the time is up.</summary>
    /// <param name="limit">How long it was.</param>
    /// <returns>The error.</returns>
    public ChatServiceException TooLong(TimeSpan limit)
    {
        ChatGeneration last = _task;
        ChatServiceException? failure = _failure;
        string far = last.Progress is { } percent ? FormattableString.Invariant($" at {percent:0} %") : "";
        string state = !_wasSeen ? failure is null ? "no look at it has ended yet" : "nobody has seen it"
            : failure is null ? $"it is {last.Status}{far}"
            : $"when it was seen last it was {last.Status}{far}";
        return new ChatServiceException(
            ErrorIds.Timeout,
            FormattableString.Invariant($"The task {Printable.Line(last.ToString(), 80)} was not done within the {limit.TotalSeconds:0.###} s of -TimeoutSec; {state}")
                + (failure is null ? "." : $", and the last look failed: {Printable.Line(failure.Message, 300)}"),
            failure is not null ? failure.RecommendedAction
                : _wasSeen ? "It goes on at the service: Wait-ChatGeneration waits for it again, and Get-ChatGeneration shows how far it is."
                : "Give more time with -TimeoutSec, or look at it with Get-ChatGeneration.",
            failure)
        {
            StatusCode = failure?.StatusCode,
            ServiceCode = failure?.ServiceCode,
        };
    }
}
