namespace ChatPS.Scheduling;

/// <summary>
/// Works on items side by side up to a limit, and hands on what they produce on the one thread that calls it: in the order in
/// which the items came, or as they finish.
/// </summary>
/// <param name="sink">Takes what the items produce.</param>
/// <param name="mostAtOnce">How many items are worked on at a time. With 1 an item is out before the next one is taken.</param>
/// <param name="asCompleted">Whether items leave as they finish, in any order.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class Scheduler(IOutputSink sink, int mostAtOnce, bool asCompleted, CancellationToken cancellationToken)
{
    private readonly List<WorkItem> _underWay = [];
    private readonly Pump _common = new();
    private ChatServiceException? _end;

    /// <summary>Hears of every item that has left.</summary>
    public Action? Changed { get; set; }

    public int Done { get; private set; }

    public int Failed { get; private set; }

    public int UnderWay => _underWay.Count;

    /// <summary>Starts the work for an item, once there is room for it, and writes what is ready.</summary>
    /// <param name="target">The item, for its error.</param>
    /// <param name="work">The work.</param>
    /// <param name="count">How many items the work is for.</param>
    /// <param name="index">The item's place, from 0; null where it is the only one.</param>
    public void Run(object? target, ItemWork work, int count = 1, int? index = null)
    {
        while (_underWay.Count >= mostAtOnce)
        {
            Advance();
        }

        ItemOutput output = new(sink, asCompleted ? _common : new Pump(), index);
        Add(new WorkItem(new FailedItem(target, index), output, Start(work, output), count));
    }

    /// <summary>Writes the error of an item, in its turn like any other outcome.</summary>
    /// <param name="target">The item.</param>
    /// <param name="failure">What went wrong.</param>
    /// <param name="index">The item's place, from 0; null where it is the only one.</param>
    public void Fail(object? target, ChatServiceException failure, int? index = null) =>
        Add(new WorkItem(new FailedItem(target, index), new ItemOutput(sink, _common, index), Task.FromException<object?>(failure), 1));

    /// <summary>Waits for all items and writes what they produce.</summary>
    public void FinishAll()
    {
        while (_underWay.Count > 0)
        {
            FinishOne();
        }

        if (_end is { } end)
        {
            sink.Terminate(end);
        }
    }

    /// <summary>Waits until the work that was cancelled has ended.</summary>
    /// <param name="limit">The longest wait.</param>
    public void AwaitEnd(TimeSpan limit)
    {
        try
        {
            Task.WaitAll([.. _underWay.Select(item => item.Task)], limit);
        }
        catch (AggregateException)
        {
            // Cancelled or failed: either way it is over, and nobody is left to hear of it.
        }
    }

    /// <summary>Writes what had arrived when the work was cancelled, so that it is not lost.</summary>
    public void HandOver()
    {
        foreach (WorkItem item in _underWay)
        {
            item.Output.Pump.RunWaiting();
            if (item.Task.Status == TaskStatus.RanToCompletion && item.Task.Result is { } last)
            {
                sink.WriteObject(last);
            }
            else if (item.Task.Exception?.InnerException is ChatServiceException failure)
            {
                sink.WriteFailure(failure, item.Item);
            }
        }

        _underWay.Clear();
    }

    // The way to the first wait is short, and a hop to another thread is not. But where a host has given this thread a context,
    // the work must not return to it: it waits below.
    private Task<object?> Start(ItemWork work, ItemOutput output) =>
        SynchronizationContext.Current is null ? work(output, cancellationToken) : Task.Run(() => work(output, cancellationToken), cancellationToken);

    private void Add(WorkItem item)
    {
        _underWay.Add(item);
        if (mostAtOnce == 1)
        {
            FinishAll();
            return;
        }

        while (_underWay.Count > 0 && (asCompleted ? _underWay.Exists(other => other.Task.IsCompleted) : _underWay[0].Task.IsCompleted))
        {
            Advance();
        }
    }

    // What has been paid for is not thrown away: it leaves before the run ends.
    private void Advance()
    {
        FinishOne();
        if (_end is not null)
        {
            FinishAll();
        }
    }

    // The oldest item, or the one that finishes first.
    private void FinishOne()
    {
        if (!asCompleted)
        {
            Finish(_underWay[0]);
        }
        else
        {
            _common.RunUntil(Task.WhenAny(_underWay.Select(item => item.Task)));
            foreach (WorkItem item in _underWay.FindAll(item => item.Task.IsCompleted))
            {
                Finish(item);
            }
        }
    }

    private void Finish(WorkItem item)
    {
        item.Output.Pump.RunUntil(item.Task);
        _underWay.Remove(item);
        try
        {
            if (item.Task.GetAwaiter().GetResult() is { } last)
            {
                sink.WriteObject(last);
            }

            Failed += item.Output.Failures;
            Done += item.Count - item.Output.Failures;
        }
        catch (ChatServiceException failure) when (Errors.EndsRun(failure))
        {
            _end ??= failure;
        }
        catch (ChatServiceException failure)
        {
            Failed += item.Count;
            sink.WriteFailure(failure, item.Item);
        }

        Changed?.Invoke();
    }

    private sealed record WorkItem(FailedItem Item, ItemOutput Output, Task<object?> Task, int Count);
}
