using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Scheduling;

namespace ChatPS.Pipeline;

/// <summary>
/// A cmdlet whose work runs on the thread pool while the pipeline thread writes what it produces. However the pipeline ends,
/// the work is cancelled and given a second to end.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Scheduler? _scheduler;

    private protected AsyncCmdlet()
    {
    }

    /// <summary>Gets whether somebody has stopped the command, as by Ctrl+C.</summary>
    internal bool IsStopped { get; private set; }

    /// <summary>Gets how many items are worked on at a time. With 1 an item is out before the next one is taken.</summary>
    private protected virtual int MaxConcurrency => 1;

    /// <summary>Gets the place of the item that is worked on, from 0; null where it is the only one.</summary>
    private protected virtual int? CurrentIndex => null;

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
    protected override void StopProcessing()
    {
        IsStopped = true;
        _stopping.Cancel();
    }

    /// <summary>Stops what is in flight.</summary>
    /// <param name="disposing">Whether to free managed resources.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopWork();
        }
    }

    /// <summary>Makes of an object what is written; called on the pipeline's thread.</summary>
    /// <param name="output">The object.</param>
    /// <returns>The same object, perhaps with a mark for its view.</returns>
    internal virtual object Shape(object output) => output;

    /// <summary>Starts the work for a pipeline item, once there is room for it, and writes what is ready. A failure becomes an error of that item.</summary>
    /// <param name="target">The pipeline item, for the error.</param>
    /// <param name="work">The work.</param>
    /// <param name="count">How many items the work is for.</param>
    private protected virtual void Run(object? target, ItemWork work, int count = 1) => Guard(() => Scheduler.Run(target, work, count, CurrentIndex));

    /// <summary>Runs something on the pipeline thread whose failure concerns one pipeline item.</summary>
    /// <param name="target">The pipeline item, for the error.</param>
    /// <param name="action">What to do.</param>
    /// <param name="index">The item's place in the pipeline, for the error.</param>
    private protected void Attempt(object? target, Action action, int? index = null)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested && !Errors.EndsPipeline(exception, _stopping.Token) && !Errors.IsOfHost(exception))
        {
            // What writing throws has stopped the work before it comes here: see Guard.
            ChatServiceException failure = Failures.Unexpected(exception);
            failure.Index = index;
            Fail(target, failure);
        }
    }

    /// <summary>Writes the error of a pipeline item, in its turn like any other outcome.</summary>
    /// <param name="target">The pipeline item.</param>
    /// <param name="failure">What went wrong.</param>
    private protected virtual void Fail(object? target, ChatServiceException failure) => Guard(() => Scheduler.Fail(target, failure, CurrentIndex ?? (MyInvocation.ExpectingInput ? failure.Index : null)));

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

    /// <summary>Does something whose failure ends the command.</summary>
    /// <param name="action">What to do.</param>
    private protected void Require(Action action) => Require<object?>(() =>
    {
        action();
        return null;
    });

    /// <summary>Waits on the pipeline's thread for what has to be known before the work for an item can begin.</summary>
    /// <typeparam name="T">What is to be known.</typeparam>
    /// <param name="find">Finds it.</param>
    /// <returns>What was found.</returns>
    private protected T Await<T>(Func<CancellationToken, Task<T>> find)
    {
        try
        {
            return Task.Run(() => find(_stopping.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Waits for all items and writes what they produce.</summary>
    private protected void FinishAll() => Guard(() => _scheduler?.FinishAll());

    private Scheduler Scheduler => _scheduler ??= CreateScheduler();

    private protected virtual Scheduler CreateScheduler() => new(new CmdletSink(this), MaxConcurrency, LeavesAsCompleted, _stopping.Token);

    // Writing throws when the pipeline has had enough: nobody wants the rest.
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            // Caught, and not left to a finally: whoever asks above whether the work has stopped asks before any finally runs.
            bool wasCancelled = exception is OperationCanceledException && _stopping.IsCancellationRequested;
            StopWork();
            if (IsStopped)
            {
                _scheduler?.HandOver();
            }

            if (wasCancelled)
            {
                throw new PipelineStoppedException();
            }

            throw;
        }
    }

    private void StopWork()
    {
        _stopping.Cancel();
        _scheduler?.AwaitEnd(ShutdownTimeout);
    }
}
