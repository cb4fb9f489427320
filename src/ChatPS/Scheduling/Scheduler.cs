using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

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
    private FailureLimit? _limit;
    private (FailedItem Item, ChatServiceException Failure)? _held;
    private int _items;

    /// <summary>Hears of every item that has left, and a few times a second while one is waited for.</summary>
    public Action? Changed { get; set; }

    /// <summary>Gets or sets which failures of items end the run; null for none.</summary>
    public MaxFailure? MaxFailure { get; set; }

    public int Done { get; private set; }

    public int Failed { get; private set; }

    public int UnderWay => _underWay.Count;

    /// <summary>Gets what the items under way are at, the oldest first.</summary>
    public IEnumerable<CallWatch?> Watches => _underWay.Select(item => item.Output.Watch);

    /// <summary>Starts the work for an item, once there is room for it, and writes what is ready.</summary>
    /// <param name="target">The item, for its error.</param>
    /// <param name="work">The work.</param>
    /// <param name="count">How many items the work is for.</param>
    /// <param name="index">The item's place, from 0; null where it is the only one.</param>
    public void Run(object? target, ItemWork work, int count = 1, int? index = null)
    {
        Expect(count);
        while (_underWay.Count >= mostAtOnce)
        {
            Advance();
        }

        ItemOutput output = new(sink, asCompleted ? _common : new Pump(), this, index);
        Add(new WorkItem(new FailedItem(target, index), output, Start(work, output), count));
    }

    /// <summary>Writes the error of an item, in its turn like any other outcome.</summary>
    /// <param name="target">The item.</param>
    /// <param name="failure">What went wrong.</param>
    /// <param name="index">The item's place, from 0; null where it is the only one.</param>
    public void Fail(object? target, ChatServiceException failure, int? index = null)
    {
        Expect(1);
        Add(new WorkItem(new FailedItem(target, index), new ItemOutput(sink, _common, this, index), Task.FromException<object?>(failure), 1));
    }

    /// <summary>Waits for all items and writes what they produce: none will follow.</summary>
    public void FinishAll()
    {
        Drain();
        if (_held is { } held)
        {
            // There was but this one.
            _held = null;
            sink.WriteFailure(held.Failure, held.Item);
        }
        else if (_limit?.EndOfAll(Done + Failed) is { } end)
        {
            sink.Terminate(end);
        }
    }

    /// <summary>Writes the error of an item, unless it is that of the run. Called on the thread that the output is written on.</summary>
    /// <param name="item">The item.</param>
    /// <param name="failure">What went wrong.</param>
    public void Report(FailedItem item, ChatServiceException failure)
    {
        if (MaxFailure is not { } most)
        {
            sink.WriteFailure(failure, item);
            return;
        }

        _limit ??= new FailureLimit(most);
        if (_limit.IsThatOfTheRun(failure) && (_end is null || _end.ErrorId == failure.ErrorId))
        {
            if (_items == 1)
            {
                _held = (item, failure);
            }
            else
            {
                _end ??= _limit.End(failure, Done);
            }

            return;
        }

        sink.WriteFailure(failure, item);
        _end ??= _items == 1 ? null : _limit.EndOfMany(Done);
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
    private Task<object?> Start(ItemWork work, ItemOutput output)
    {
        try
        {
            return SynchronizationContext.Current is null ? work(output, cancellationToken) : Task.Run(() => work(output, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (!Errors.EndsPipeline(exception, cancellationToken))
        {
            return Task.FromException<object?>(exception);
        }
    }

    private void Add(WorkItem item)
    {
        _underWay.Add(item);
        if (mostAtOnce == 1)
        {
            Drain();
            return;
        }

        while (_underWay.Count > 0 && (asCompleted ? _underWay.Exists(other => other.Task.IsCompleted) : _underWay[0].Task.IsCompleted))
        {
            Advance();
        }
    }

    // What fails at the first of several items may end the run; what fails at the only one is its error. Here it turns out.
    private void Expect(int count)
    {
        bool isSecond = _items == 1;
        _items += count;
        if (isSecond && _limit is { } limit)
        {
            _end ??= _held is { } held ? limit.End(held.Failure, Done) : limit.EndOfMany(Done);
            _held = null;
            if (_end is not null)
            {
                Drain();
            }
        }
    }

    // What has been paid for is not thrown away: it leaves before the run ends.
    private void Advance()
    {
        FinishOne();
        if (_end is not null)
        {
            Drain();
        }
    }

    private void Drain()
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

    // The oldest item, or the one that finishes first.
    private void FinishOne()
    {
        if (!asCompleted)
        {
            Finish(_underWay[0]);
        }
        else
        {
            _common.RunUntil(Task.WhenAny(_underWay.Select(item => item.Task)), Changed);
            foreach (WorkItem item in _underWay.FindAll(item => item.Task.IsCompleted))
            {
                Finish(item);
            }
        }
    }

    private void Finish(WorkItem item)
    {
        item.Output.Pump.RunUntil(item.Task, Changed);
        _underWay.Remove(item);
        if (FailureOf(item) is { } failure)
        {
            if (Errors.EndsRun(failure))
            {
                _end ??= failure;
            }
            else
            {
                Failed += item.Count;
                Report(item.Item, failure);
            }
        }
        else
        {
            if (item.Task.GetAwaiter().GetResult() is { } last)
            {
                sink.WriteObject(last);
            }

            Failed += item.Output.Failures;
            Done += item.Count - item.Output.Failures;
            if (item.Output.Failures == 0)
            {
                _limit?.Succeeded();
            }
        }

        Changed?.Invoke();
    }

    // The last catch: whatever the work for an item throws is that item's error, and the run goes on.
    private ChatServiceException? FailureOf(WorkItem item)
    {
        try
        {
            item.Task.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception exception) when (!Errors.EndsPipeline(exception, cancellationToken))
        {
            return Failures.Unexpected(exception);
        }
    }

    private sealed record WorkItem(FailedItem Item, ItemOutput Output, Task<object?> Task, int Count);
}
