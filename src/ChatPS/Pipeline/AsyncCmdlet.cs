using System.Management.Automation;

namespace ChatPS;

/// <summary>
/// A cmdlet whose work runs on the thread pool while the pipeline thread writes what it produces. However the pipeline ends,
/// the work is cancelled and given a second to end.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Pump _pump = new();
    private Task _work = Task.CompletedTask;

    private protected AsyncCmdlet()
    {
    }

    /// <summary>Stops what is in flight.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Stops what is in flight.</summary>
    /// <param name="disposing">Whether to free managed resources.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_stopping.IsCancellationRequested)
        {
            StopWork();
        }
    }

    /// <summary>Runs work for one pipeline item and writes what it produces, until it is done. A failure becomes an error of that item.</summary>
    /// <param name="item">The pipeline item, for the error.</param>
    /// <param name="work">The work. It runs on the thread pool and writes through <see cref="EmitAsync"/> alone.</param>
    private protected void Run(object? item, Func<CancellationToken, Task> work)
    {
        CancellationToken token = _stopping.Token;
        _work = Task.Run(() => work(token), token);
        bool isDone = false;
        try
        {
            _pump.RunUntil(_work);
            isDone = true;
        }
        finally
        {
            // Writing throws when the pipeline has had enough: nobody wants the rest.
            if (!isDone)
            {
                StopWork();
            }
        }

        try
        {
            _work.GetAwaiter().GetResult();
        }
        catch (ChatServiceException failure)
        {
            WriteFailure(failure, item);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Writes an object to the pipeline, from any thread, once there is room for it.</summary>
    /// <param name="output">The object.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When the object has been handed over.</returns>
    private protected ValueTask EmitAsync(object output, CancellationToken cancellationToken) =>
        _pump.PostAsync(() => WriteObject(output), cancellationToken);

    /// <summary>Does something on the pipeline thread, from any thread.</summary>
    /// <param name="action">What to do.</param>
    private protected void OnPipelineThread(Action action) => _pump.Post(action);

    /// <summary>Runs something on the pipeline thread whose failure concerns one pipeline item.</summary>
    /// <param name="item">The pipeline item, for the error.</param>
    /// <param name="action">What to do.</param>
    private protected void Attempt(object? item, Action action)
    {
        try
        {
            action();
        }
        catch (ChatServiceException failure)
        {
            WriteFailure(failure, item);
        }
    }

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

    private protected void WriteFailure(ChatServiceException failure, object? item) => WriteError(Errors.ToRecord(failure, item));

    private void StopWork()
    {
        _stopping.Cancel();
        try
        {
            _work.Wait(LongestFarewell);
        }
        catch (AggregateException)
        {
            // Cancelled or failed: either way it is over, and nobody is left to hear of it.
        }
    }
}
