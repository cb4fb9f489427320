using System.Diagnostics;

namespace ChatPS.Scheduling;

/// <summary>Tells how far a run is: not before it has lasted a while, and only a few times a second.</summary>
/// <param name="sink">Takes the records.</param>
/// <param name="activity">What is going on.</param>
/// <param name="total">How many items there are, where that is known.</param>
/// <param name="clock">Ticks of <see cref="Stopwatch"/>.</param>
internal sealed class ProgressMeter(IOutputSink sink, string activity, int? total, Func<long> clock)
{
    private static readonly long FirstReport = Stopwatch.Frequency;
    private static readonly long Interval = Stopwatch.Frequency / 4;
    private static int _lastId;

    private readonly int _id = Interlocked.Increment(ref _lastId) + 4_000;
    private readonly long _start = clock();
    private long _next = clock() + FirstReport;
    private bool _isShown;
    private bool _isHidden;

    /// <summary>Tells how far the run is, if it is time to.</summary>
    /// <param name="run">The run.</param>
    public void Report(Scheduler run)
    {
        long now = clock();
        if (now < _next || _isHidden)
        {
            return;
        }

        _next = now + Interval;
        _isShown = true;
        int finished = run.Done + run.Failed;
        double seconds = (now - _start) / (double)Stopwatch.Frequency;
        double rate = finished / seconds;
        WaitingTasks? tasks = WaitingTasks.Describe(run.Watches, finished);
        string far = tasks?.Status ?? (finished == 0
            ? FormattableString.Invariant($"{run.UnderWay} under way for {seconds:0} s")
            : FormattableString.Invariant($"{run.Done} done, {run.Failed} failed, {run.UnderWay} under way, {rate:0.#} a second"));
        sink.WriteProgress(new ProgressReport(
            _id,
            activity,
            far + WaitingItems.Describe(run.Watches, now) + MovingBytes.Describe(run.Watches),
            tasks?.Percent ?? (total is { } all ? (int)(100.0 * finished / all) : null),
            tasks is null && total is { } whole && rate > 0 ? (int)Math.Min(int.MaxValue, (whole - finished) / rate) : null));
    }

    /// <summary>Takes away what was shown, and shows nothing more: what comes from now on is shown otherwise.</summary>
    public void Hide()
    {
        _isHidden = true;
        Complete();
        _isShown = false;
    }

    /// <summary>Takes away what was shown.</summary>
    public void Complete()
    {
        if (_isShown)
        {
            sink.WriteProgress(new ProgressReport(_id, activity, "Done", IsOver: true));
        }
    }
}
