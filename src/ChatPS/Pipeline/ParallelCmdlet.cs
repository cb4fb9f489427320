using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS;

/// <summary>What every cmdlet that turns pipeline items into requests takes.</summary>
public abstract class ParallelCmdlet : ServiceCmdlet
{
    private const int MostAtOnce = 1024;

    private int _items;

    private protected ParallelCmdlet()
    {
    }

    /// <summary>How many requests are under way at a time.</summary>
    [Parameter]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Emits answers as they finish instead of in the order of the input.</summary>
    [Parameter]
    public SwitchParameter AsCompleted { get; set; }

    private protected override int MostUnderWay => ThrottleLimit;

    private protected override bool LeavesAsCompleted => AsCompleted;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(() => ThrottleLimit is >= 1 and <= MostAtOnce
            ? ThrottleLimit
            : throw Failures.Invalid($"-ThrottleLimit is {ThrottleLimit}; it must lie between 1 and {MostAtOnce}.", "Give -ThrottleLimit a value in that range, or leave it out for 8."));
    }

    /// <summary>Counts a pipeline item.</summary>
    /// <returns>Its place, from 0.</returns>
    private protected int NextIndex() => _items++;
}
