using System.Management.Automation;

namespace ChatPS;

/// <summary>Where the work for one pipeline item puts what it produces, from any thread. It leaves when it is the item's turn.</summary>
internal sealed class ItemOutput(Cmdlet cmdlet, Pump pump)
{
    public Pump Pump => pump;

    /// <summary>Writes an object to the pipeline, once there is room for it.</summary>
    /// <param name="output">The object.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When the object has been handed over.</returns>
    public ValueTask EmitAsync(object output, CancellationToken cancellationToken) =>
        pump.PostAsync(() => cmdlet.WriteObject(output), cancellationToken);

    /// <summary>Does something small and rare on the pipeline thread.</summary>
    /// <param name="action">What to do.</param>
    public void Post(Action action) => pump.Post(action);
}
