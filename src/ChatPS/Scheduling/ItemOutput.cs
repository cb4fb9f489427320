using ChatPS.Client.Connections;

namespace ChatPS.Scheduling;

/// <summary>Where the work for one pipeline item puts what it produces, from any thread. It leaves when it is the item's turn.</summary>
internal sealed class ItemOutput(IOutputSink sink, Pump pump, Scheduler run, int? index)
{
    public Pump Pump => pump;

    /// <summary>Gets or sets what the item's call waits for; null if nobody looks on.</summary>
    public CallWatch? Watch { get; set; }

    /// <summary>How many errors were written.</summary>
    public int Failures { get; private set; }

    /// <summary>Writes an object, once there is room for it.</summary>
    /// <param name="output">The object.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When the object has been handed over.</returns>
    public ValueTask EmitAsync(object output, CancellationToken cancellationToken) =>
        pump.PostAsync(() => sink.WriteObject(output), cancellationToken);

    /// <summary>Makes objects on the thread that the output is written on, and writes them.</summary>
    /// <param name="target">The pipeline item, for the error where they cannot be made.</param>
    /// <param name="make">Makes them.</param>
    public void EmitMade(object? target, Func<IEnumerable<object>> make) => pump.Post(() =>
    {
        IEnumerator<object>? made = null;
        while (Next(ref made, make, target))
        {
            sink.WriteObject(made!.Current);
        }

        made?.Dispose();
    });

    // Only making fails the item: what writing throws is the pipeline's.
    private bool Next(ref IEnumerator<object>? made, Func<IEnumerable<object>> make, object? target)
    {
        try
        {
            made ??= make().GetEnumerator();
            return made.MoveNext();
        }
        catch (Exception exception) when (!Errors.EndsPipeline(exception, CancellationToken.None))
        {
            Failures++;
            run.Report(new FailedItem(target, index), Client.Faults.Failures.Unexpected(exception));
            return false;
        }
    }

    /// <summary>Writes the error of a pipeline item; for work that concerns several of them.</summary>
    /// <param name="target">The pipeline item.</param>
    /// <param name="failure">What went wrong.</param>
    /// <param name="place">Its place among the items, from 0, where the work concerns several.</param>
    public void Fail(object? target, ChatServiceException failure, int? place = null)
    {
        Failures++;
        pump.Post(() => run.Report(new FailedItem(target, index is null ? null : place ?? index), failure));
    }

    /// <summary>Writes a verbose line.</summary>
    /// <param name="line">The line.</param>
    public void Verbose(string line) => pump.Post(() => sink.WriteVerbose(line));

    /// <summary>Writes a line for whoever debugs.</summary>
    /// <param name="line">The line.</param>
    public void Debug(string line) => pump.Post(() => sink.WriteDebug(line));

    /// <summary>Writes a warning.</summary>
    /// <param name="text">The text.</param>
    public void Warning(string text) => pump.Post(() => sink.WriteWarning(text));

    /// <summary>Does something small and rare on the thread that the output is written on.</summary>
    /// <param name="action">What to do.</param>
    public void Post(Action action) => pump.Post(action);
}
