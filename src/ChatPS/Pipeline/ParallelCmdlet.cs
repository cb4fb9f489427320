using System.Diagnostics;
using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS;

/// <summary>What every cmdlet that turns pipeline items into requests takes.</summary>
public abstract class ParallelCmdlet : ServiceCmdlet
{
    private const int MostAtOnce = 1024;

    private readonly List<PlannedWork> _plan = [];
    private ProgressMeter? _progress;
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

    /// <summary>Runs in the background and emits a job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

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

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (AsJob)
        {
            ChatJob job = new(MyInvocation.MyCommand.Name, _plan, ThrottleLimit, AsCompleted, static () => { });
            JobRepository.Add(job);
            job.Start();
            WriteObject(job);
        }

        base.EndProcessing();
        _progress?.Complete();
    }

    /// <summary>Counts a pipeline item.</summary>
    /// <returns>Its place, from 0.</returns>
    private protected int NextIndex() => _items++;

    private protected override void Run(object? target, Work work, int count = 1)
    {
        if (AsJob)
        {
            _plan.Add(new PlannedWork(target, work, count));
        }
        else
        {
            base.Run(target, work, count);
        }
    }

    private protected override void Fail(object? target, ChatServiceException failure)
    {
        if (AsJob)
        {
            _plan.Add(new PlannedWork(target, (_, _) => Task.FromException<object?>(failure), 1));
        }
        else
        {
            base.Fail(target, failure);
        }
    }

    private protected override Scheduler CreateScheduler()
    {
        Scheduler scheduler = base.CreateScheduler();
        if (Onlooker.IsThere(Host))
        {
            ProgressMeter progress = new(new CmdletSink(this), MyInvocation.MyCommand.Name, total: null, Stopwatch.GetTimestamp);
            scheduler.Changed = () => progress.Report(scheduler);
            _progress = progress;
        }

        return scheduler;
    }
}
