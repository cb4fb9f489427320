using System.Management.Automation;

namespace ChatPS;

/// <summary>
/// A cmdlet whose work runs on the thread pool while the pipeline thread writes what it produces. Items are worked on side by
/// side up to a limit, and leave in the order in which they came. However the pipeline ends, the work is cancelled and given
/// a second to end.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<WorkItem> _underWay = [];
    private readonly Pump _common = new();

    private protected AsyncCmdlet()
    {
    }

    /// <summary>Gets how many items are worked on at a time. With 1 an item is out before the next one is taken.</summary>
    private protected virtual int MostUnderWay => 1;

    /// <summary>Gets whether items leave as they finish, in any order.</summary>
    private protected virtual bool LeavesAsCompleted => false;

    /// <summary>Stops what is in flight.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void EndProcessing() => FinishAll();

    /// <inheritdoc />
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Stops what is in flight.</summary>
    /// <param name="disposing">Whether to free managed resources.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopWork();
        }
    }

    /// <summary>Starts the work for a pipeline item, once there is room for it, and writes what is ready. A failure becomes an error of that item.</summary>
    /// <param name="target">The pipeline item, for the error.</param>
    /// <param name="work">The work, which gives the last object to write, if any. It runs on the thread pool from its first wait on.</param>
    private protected void Run(object? target, Func<ItemOutput, CancellationToken, Task<object?>> work) => Guard(() =>
    {
        while (_underWay.Count >= MostUnderWay)
        {
            FinishOne();
        }

        CancellationToken token = _stopping.Token;
        ItemOutput output = new(this, LeavesAsCompleted ? _common : new Pump());
        Add(new WorkItem(target, output, Start(work, output, token)));
    });

    /// <summary>Runs something on the pipeline thread whose failure concerns one pipeline item.</summary>
    /// <param name="target">The pipeline item, for the error.</param>
    /// <param name="action">What to do.</param>
    private protected void Attempt(object? target, Action action)
    {
        try
        {
            action();
        }
        catch (ChatServiceException failure)
        {
            Fail(target, failure);
        }
    }

    /// <summary>Writes the error of a pipeline item, in its turn like any other outcome.</summary>
    /// <param name="target">The pipeline item.</param>
    /// <param name="failure">What went wrong.</param>
    private protected void Fail(object? target, ChatServiceException failure) =>
        Guard(() => Add(new WorkItem(target, new ItemOutput(this, _common), Task.FromException<object?>(failure))));

    /// <summary>Runs something whose failure ends the command.</summary>
    /// <typeparam name="T">What it makes.</typeparam>
    /// <param name="make">What to do.</param>
    /// <returns>What was made.</returns>
    private protected T Require<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ChatServiceException failure)
        {
            ThrowTerminatingError(Errors.ToRecord(failure, target: null));
            throw;
        }
    }

    /// <summary>Waits for all items and writes what they produce.</summary>
    private protected void FinishAll() => Guard(() =>
    {
        while (_underWay.Count > 0)
        {
            FinishOne();
        }
    });

    internal void WriteFailure(ChatServiceException failure, object? target) => WriteError(Errors.ToRecord(failure, target));

    // The way to the first wait is short, and a hop to another thread is not. But where a host has given this thread a context,
    // the work must not return to it: it waits below.
    private static Task<object?> Start(Func<ItemOutput, CancellationToken, Task<object?>> work, ItemOutput output, CancellationToken token) =>
        SynchronizationContext.Current is null ? work(output, token) : Task.Run(() => work(output, token), token);

    private void Add(WorkItem item)
    {
        _underWay.Add(item);
        if (MostUnderWay == 1)
        {
            FinishAll();
            return;
        }

        while (_underWay.Count > 0 && (LeavesAsCompleted ? _underWay.Exists(other => other.Task.IsCompleted) : _underWay[0].Task.IsCompleted))
        {
            FinishOne();
        }
    }

    // The oldest item, or the one that finishes first.
    private void FinishOne()
    {
        if (!LeavesAsCompleted)
        {
            Finish(_underWay[0]);
            return;
        }

        _common.RunUntil(Task.WhenAny(_underWay.Select(item => item.Task)));
        foreach (WorkItem item in _underWay.FindAll(item => item.Task.IsCompleted))
        {
            Finish(item);
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
                WriteObject(last);
            }
        }
        catch (ChatServiceException failure)
        {
            WriteFailure(failure, item.Target);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    // Writing throws when the pipeline has had enough: nobody wants the rest.
    private void Guard(Action action)
    {
        bool isDone = false;
        try
        {
            action();
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                StopWork();
            }
        }
    }

    private void StopWork()
    {
        _stopping.Cancel();
        try
        {
            Task.WaitAll([.. _underWay.Select(item => item.Task)], LongestFarewell);
        }
        catch (AggregateException)
        {
            // Cancelled or failed: either way it is over, and nobody is left to hear of it.
        }
    }

    private sealed record WorkItem(object? Target, ItemOutput Output, Task<object?> Task);
}
