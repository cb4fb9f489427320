using System.Diagnostics;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Tests;

/// <summary>Progress is told late, seldom, and truly.</summary>
public sealed class ProgressMeterTests
{
    private readonly RecordingSink _sink = new();
    private readonly Scheduler _run;
    private long _now = 1_000;

    public ProgressMeterTests() => _run = new Scheduler(_sink, 1, asCompleted: false, CancellationToken.None);

    [Fact]
    public void Report_WithinTheFirstSecond_TellsNothing()
    {
        ProgressMeter meter = Meter(total: 10);
        Pass(seconds: 0.99);
        Finish(1);

        meter.Report(_run);
        meter.Complete();

        Assert.Empty(_sink.Reports);
    }

    [Fact]
    public void Report_OfManyItems_TellsFourTimesASecond()
    {
        ProgressMeter meter = Meter(total: 1_000);
        for (int i = 0; i < 1_000; i++)
        {
            Pass(seconds: 0.01);
            Finish(1);
            meter.Report(_run);
        }

        Assert.InRange(_sink.Reports.Count, 35, 37);
    }

    [Fact]
    public void Report_TotalIsKnown_TellsShareRateAndTimeLeft()
    {
        ProgressMeter meter = Meter(total: 40);
        Finish(8);
        _run.Fail(null, new ChatServiceException(ErrorIds.Timeout, "late", "wait"));
        _run.Fail(null, new ChatServiceException(ErrorIds.Timeout, "late", "wait"));
        Pass(seconds: 4);

        meter.Report(_run);

        ProgressReport report = Assert.Single(_sink.Reports);
        Assert.Equal("Invoke-ChatCompletion", report.Activity);
        Assert.Equal("8 done, 2 failed, 0 under way, 2.5 a second", report.Status);
        Assert.Equal((25, 12, false), (report.Percent, report.SecondsLeft, report.IsOver));
    }

    [Fact]
    public void Report_TotalIsNotKnown_TellsNeitherShareNorTimeLeft()
    {
        ProgressMeter meter = Meter(total: null);
        Finish(3);
        Pass(seconds: 2);

        meter.Report(_run);

        ProgressReport report = Assert.Single(_sink.Reports);
        Assert.Equal((null, null), (report.Percent, report.SecondsLeft));
    }

    [Fact]
    public void Report_NothingFinishedYet_TellsNoTimeLeft()
    {
        ProgressMeter meter = Meter(total: 10);
        Pass(seconds: 2);

        meter.Report(_run);

        Assert.Equal((0, null), (_sink.Reports[0].Percent, _sink.Reports[0].SecondsLeft));
    }

    [Fact]
    public void Report_FirstAnswerHasNotCome_TellsWhatIsUnderWayAndHowLong()
    {
        TaskCompletionSource<object?> late = new();
        Scheduler run = new(_sink, 8, asCompleted: false, CancellationToken.None);
        ProgressMeter meter = Meter(total: null);
        run.Run("a", (_, _) => late.Task);
        run.Run("b", (_, _) => late.Task);
        Pass(seconds: 12);

        meter.Report(run);

        Assert.Equal("2 under way for 12 s", Assert.Single(_sink.Reports).Status);
    }

    [Fact]
    public void Report_ItemsWait_TellsHowManyHowLongAndWhatFor()
    {
        CallWatch working = new();
        CallWatch first = new();
        CallWatch second = new();
        _now = Stopwatch.GetTimestamp();
        first.Waits("429; the service allows no more requests until then", TimeSpan.FromSeconds(23.5));
        second.Waits("-RequestsPerMinute is 3", TimeSpan.Zero);

        Assert.Equal(", 2 waiting 24 s more: 429; the service allows no more requests until then", WaitingItems.Describe([null, working, first, second], _now));
        first.GoesOn();
        Assert.Equal(", 1 waiting: -RequestsPerMinute is 3", WaitingItems.Describe([first, second], Stopwatch.GetTimestamp()));
        Assert.Equal("", WaitingItems.Describe([null, working, first], _now));
    }

    [Fact]
    public void RunUntil_NothingIsHandedOver_TicksMeanwhile()
    {
        Pump pump = new();
        TaskCompletionSource enough = new();
        int ticks = 0;

        pump.RunUntil(enough.Task, () =>
        {
            if (++ticks == 3)
            {
                enough.SetResult();
            }
        });

        Assert.InRange(ticks, 3, 4);
    }

    [Fact]
    public void Hide_AfterAReport_ShowsNothingMore()
    {
        ProgressMeter meter = Meter(total: 1);
        Pass(seconds: 2);
        meter.Report(_run);

        meter.Hide();
        Pass(seconds: 2);
        meter.Report(_run);
        meter.Complete();

        Assert.Equal([false, true], _sink.Reports.Select(report => report.IsOver));
    }

    [Fact]
    public void Complete_AfterAReport_TakesItAway()
    {
        ProgressMeter meter = Meter(total: 1);
        Pass(seconds: 2);
        meter.Report(_run);

        meter.Complete();

        Assert.True(_sink.Reports[^1].IsOver);
        Assert.Equal(_sink.Reports[0].Id, _sink.Reports[^1].Id);
        Assert.NotEqual(_sink.Reports[0].Id, Report(Meter(total: 1)).Id);
    }

    [Theory]
    [InlineData(true, "pwsh", "-NonInteractive")]
    [InlineData(true, "pwsh", "-noprofile", "-noni", "-File", "run.ps1")]
    [InlineData(true, "powershell.exe", "/NonInteractive")]
    [InlineData(true, "pwsh", "--noninteractive")]
    [InlineData(false, "pwsh")]
    [InlineData(false, "pwsh", "-NoProfile", "-NoLogo", "-NoExit")]
    [InlineData(false, "pwsh", "-File", "noninteractive")]
    [InlineData(false, "pwsh", "-non")]
    public void IsNonInteractive_Arguments_AreReadAsPowerShellDoes(bool expected, params string[] arguments) =>
        Assert.Equal(expected, InteractiveConsole.IsNonInteractive(arguments));

    private ProgressMeter Meter(int? total) => new(_sink, "Invoke-ChatCompletion", total, () => _now);

    private ProgressReport Report(ProgressMeter meter)
    {
        Pass(seconds: 2);
        meter.Report(_run);
        return _sink.Reports[^1];
    }

    private void Pass(double seconds) => _now += (long)Math.Round(seconds * Stopwatch.Frequency);

    private void Finish(int items)
    {
        for (int i = 0; i < items; i++)
        {
            _run.Run(null, (_, _) => Task.FromResult<object?>(null));
        }
    }
}
