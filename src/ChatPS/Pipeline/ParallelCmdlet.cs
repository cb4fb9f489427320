using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Jobs;
using ChatPS.Parameters;
using ChatPS.Scheduling;

namespace ChatPS.Pipeline;

/// <summary>What every cmdlet that turns pipeline items into requests takes.</summary>
public abstract class ParallelCmdlet : ServiceCmdlet
{
    private const int MostAtOnce = 1024;

    private readonly List<PlannedWork> _plan = [];
    private MaxFailure _mostFailures = Scheduling.MaxFailure.Default;
    private int _items;
    private int _runs;
    private bool _hasEnded;

    private protected ParallelCmdlet()
    {
    }

    /// <summary>How many requests are under way at a time.</summary>
    [Parameter(HelpMessage = "How many requests are under way at a time.")]
    [Runs]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Emits answers as they finish instead of in the order of the input.</summary>
    [Parameter(HelpMessage = "Emits answers as they finish instead of in the order of the input.")]
    [Runs]
    public SwitchParameter AsCompleted { get; set; }

    /// <summary>Runs in the background and emits a job.</summary>
    [Parameter(HelpMessage = "Runs in the background and emits a job.")]
    [Runs]
    public SwitchParameter AsJob { get; set; }

    /// <summary>How many items may fail before the run ends: a number, a share, or 0 for a run that no failure ends.</summary>
    [Parameter(HelpMessage = "How many items may fail before the run ends: a number, a share, or 0 for a run that no failure ends.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public object? MaxFailure { get; set; }

    private protected override int MaxConcurrency => ThrottleLimit;

    private protected override bool LeavesAsCompleted => AsCompleted;

    private protected override int? CurrentIndex => MyInvocation.ExpectingInput && _items > 0 ? _items - 1 : null;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (MaxFailure is not null)
        {
            _mostFailures = Require(() => Scheduling.MaxFailure.Read(MaxFailure));
        }

        Require(() => ThrottleLimit is >= 1 and <= MostAtOnce
            ? ThrottleLimit
            : throw Failures.Invalid($"-ThrottleLimit is {ThrottleLimit}; it must lie between 1 and {MostAtOnce}.", "Give -ThrottleLimit a value in that range, or leave it out for 8."));
    }

    /// <summary>Gets whether it is known that the command does one thing only.</summary>
    private protected bool IsOnlyItem => _runs == 1 && (_hasEnded || !MyInvocation.ExpectingInput);

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        _hasEnded = true;
        if (AsJob)
        {
            Action cleanUp = HandOver();
            IsWatched = true;
            ChatJob job = new(MyInvocation.MyCommand.Name, _plan, MaxConcurrency, LeavesAsCompleted, _mostFailures, cleanUp);
            JobRepository.Add(job);
            job.Start();
            WriteObject(job);
        }

        base.EndProcessing();
    }

    /// <summary>Gives what the run needs to the job that carries it out.</summary>
    /// <returns>What the job does at its end.</returns>
    private protected virtual Action HandOver() => static () => { };

    /// <summary>Counts a pipeline item.</summary>
    /// <returns>Its place, from 0.</returns>
    private protected int NextIndex() => _items++;

    private protected override void Run(object? target, ItemWork work, int count = 1)
    {
        _runs++;
        if (AsJob)
        {
            _plan.Add(new PlannedWork(target, work, count, CurrentIndex));
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
            _plan.Add(new PlannedWork(target, (_, _) => Task.FromException<object?>(failure), 1, CurrentIndex));
        }
        else
        {
            base.Fail(target, failure);
        }
    }

    private protected override Scheduler CreateScheduler()
    {
        Scheduler scheduler = base.CreateScheduler();
        scheduler.MaxFailure = _mostFailures;
        return scheduler;
    }
}
