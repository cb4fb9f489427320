using System.Diagnostics;
using System.Management.Automation;
using ChatPS.Jobs;
using ChatPS.Scheduling;

namespace ChatPS;

/// <summary>A command that goes on in the background of this process: <c>Get-Job</c>, <c>Receive-Job</c>, <c>Wait-Job</c>, <c>Stop-Job</c> and <c>Remove-Job</c> handle it.</summary>
public sealed class ChatJob : Job
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly IReadOnlyList<PlannedWork> _plan;
    private readonly Scheduler _scheduler;
    private readonly Action _cleanUp;
    private readonly int _items;

    internal ChatJob(string command, IReadOnlyList<PlannedWork> plan, int mostAtOnce, bool asCompleted, MaxFailure mostFailures, Action cleanUp)
        : base(command, name: null)
    {
        PSJobTypeName = nameof(ChatJob);
        _plan = plan;
        _items = plan.Sum(item => item.Count);
        _cleanUp = cleanUp;
        JobSink sink = new(this);
        ProgressMeter meter = new(sink, command, _items, Stopwatch.GetTimestamp);
        _scheduler = new Scheduler(sink, mostAtOnce, asCompleted, _stopping.Token) { MaxFailure = mostFailures };
        _scheduler.Changed = () => meter.Report(_scheduler);
    }

    /// <summary>Gets whether there is something that <c>Receive-Job</c> has not taken yet.</summary>
    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Verbose.Count > 0 || Warning.Count > 0 || Progress.Count > 0;

    /// <summary>Gets where the job runs: in this process.</summary>
    public override string Location => "localhost";

    /// <summary>Gets how far the job is.</summary>
    public override string StatusMessage => FormattableString.Invariant($"{_scheduler.Done} of {_items} done, {_scheduler.Failed} failed");

    /// <summary>Cancels what is in flight and ends the job.</summary>
    public override void StopJob()
    {
        if (IsFinished)
        {
            return;
        }

        _stopping.Cancel();
        _ended.Wait(ShutdownTimeout);
    }

    internal void Start()
    {
        SetJobState(JobState.Running);
        new Thread(Work) { IsBackground = true, Name = $"ChatPS job {Id}" }.Start();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            _stopping.Dispose();
            _ended.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool IsFinished => JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped;

    private void Work()
    {
        JobState state = JobState.Failed;
        try
        {
            foreach (PlannedWork item in _plan)
            {
                _stopping.Token.ThrowIfCancellationRequested();
                _scheduler.Run(item.Target, item.Work, item.Count, item.Index);
            }

            _scheduler.FinishAll();
            state = _stopping.IsCancellationRequested ? JobState.Stopped : JobState.Completed;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _scheduler.AwaitEnd(ShutdownTimeout);
            state = JobState.Stopped;
        }
        catch (ChatServiceException)
        {
            // The sink has written it.
        }
#pragma warning disable CA1031 // Nobody above this thread would hear of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Error.Add(new ErrorRecord(exception, "JobFailed", ErrorCategory.NotSpecified, targetObject: null));
        }

        _cleanUp();
        SetJobState(state);
        _ended.Set();
    }
}
