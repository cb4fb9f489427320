using System.Threading.Channels;

namespace ChatPS.Client.Tests;

/// <summary>A clock that stands still until it is advanced, and tells which timers were started.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly Channel<TimeSpan> _started = Channel.CreateUnbounded<TimeSpan>();
    private DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The times to wait of all timers that run.</summary>
    public IReadOnlyList<TimeSpan> Running
    {
        get
        {
            lock (_lock)
            {
                return [.. _timers.Where(timer => timer.Due is not null).Select(timer => timer.Due!.Value - _now)];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        FakeTimer timer = new(this, () => callback(state));
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        FakeTimer[] due;
        lock (_lock)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            Array.ForEach(due, timer => timer.Due = null);
        }

        Array.ForEach(due, timer => timer.Fire());
    }

    /// <summary>Lets a call run, and skips each wait that it starts, other than its time limit.</summary>
    /// <param name="call">The call.</param>
    /// <param name="limit">The call's time limit.</param>
    /// <returns>The waits.</returns>
    public async Task<IReadOnlyList<TimeSpan>> SkipWaitsAsync(Task call, TimeSpan limit)
    {
        List<TimeSpan> waits = [];
        while (true)
        {
            Task<bool> started = _started.Reader.WaitToReadAsync().AsTask();
            if (await Task.WhenAny(call, started) == call)
            {
                return waits;
            }

            while (_started.Reader.TryRead(out TimeSpan wait))
            {
                if (wait != limit)
                {
                    waits.Add(wait);
                    Advance(wait);
                }
            }
        }
    }

    private sealed class FakeTimer(FakeTime time, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            }

            if (dueTime > TimeSpan.Zero)
            {
                time._started.Writer.TryWrite(dueTime);
            }
            else if (dueTime == TimeSpan.Zero)
            {
                time.Advance(TimeSpan.Zero);
            }

            return true;
        }

        public void Fire() => fire();

        public void Dispose()
        {
            lock (time._lock)
            {
                Due = null;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
