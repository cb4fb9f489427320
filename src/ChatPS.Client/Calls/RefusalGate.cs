namespace ChatPS.Client.Calls;

/// <summary>
/// Holds all starts of a connection as long as a service that refused one asks for, and learns from what it let through before
/// how fast it may be asked. Times are seconds of the pacer's clock.
/// </summary>
internal sealed class RefusalGate
{
    private const double Memory = 60;
    private const int MostRemembered = 10_000;
    private const int LeastToLearnFrom = 3;
    private const double FirstPause = 2;
    private const double LongPause = 60;
    private const double CarefulGap = 1;
    private const double ShortestLesson = 0.1;
    private const double FirstRaise = 0.02;

    // Timers are some milliseconds late.
    private const double Unevenness = 0.05;

    private readonly Queue<Turn> _starts = new();
    private double _opens = double.NegativeInfinity;
    private double _failsUntil = double.NegativeInfinity;
    private double _toldUntil;
    private int _inRow;
    private double _gap;
    private double _lastCareful = double.NegativeInfinity;
    private bool _hasToLearn;
    private Pace? _pace;
    private double _raise;
    private double _raiseAt;
    private bool _hasBound;
    private bool _hasStarted;

    /// <summary>Gets the pace that was learned, in requests per second.</summary>
    public double? PerSecond => _pace?.PerSecond;

    /// <summary>How long the service asked to wait, where that is longer than anyone waits for.</summary>
    public TimeSpan? TooLong(double now) => now < _failsUntil ? TimeSpan.FromSeconds(_toldUntil - now) : null;

    public double PauseEnds => _opens;

    /// <summary>When the next start may be.</summary>
    public double Due(double now)
    {
        if (now >= _opens)
        {
            Learn();
            Raise(now);
        }

        double due = _gap > 0 ? Math.Max(_opens, _lastCareful + _gap) : _opens;
        if (_pace?.Due(1) is { } turn)
        {
            _hasBound |= turn > now;
            due = Math.Max(due, turn);
        }

        return due;
    }

    public void Start(Turn turn)
    {
        double now = turn.Started;
        while (_starts.Count > 0 && (_starts.Peek().Started < now - Memory || _starts.Count >= MostRemembered))
        {
            _starts.Dequeue();
        }

        _starts.Enqueue(turn);
        _pace?.Take(1, now);
        _hasStarted = true;
        if (_gap > 0)
        {
            _lastCareful = now;
        }
    }

    /// <summary>The service let a request through.</summary>
    public void Accepted(Turn turn)
    {
        if (_gap <= 0 || turn.Started < _opens)
        {
            return;
        }

        // From one by one to the learned pace in a few steps: what is left of the limit may be little.
        _gap /= 2;
        if (!(_gap > 1 / _pace?.PerSecond))
        {
            _gap = 0;
        }

        _inRow = 0;
        while (_starts.Count > 0 && _starts.Peek().Started < _opens)
        {
            _starts.Dequeue();
        }
    }

    /// <summary>The service refused a request because there were too many.</summary>
    public void Refused(Turn turn, TimeSpan? told, double now)
    {
        turn.WasRefused = true;
        if (Close(turn, told, now) && !(told?.TotalSeconds < ShortestLesson))
        {
            _hasToLearn = true;
        }
    }

    /// <summary>The service asks for a pause, for whatever reason.</summary>
    /// <param name="turn">The request that it answered so.</param>
    /// <param name="told">How long it asks for, if it says so.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether that is news, and not about another request of a burst that was refused before.</returns>
    public bool Close(Turn turn, TimeSpan? told, double now)
    {
        if (told > RetryAfter.LongestWait)
        {
            _toldUntil = now + told.Value.TotalSeconds;
            _failsUntil = Math.Max(_failsUntil, now + RetryAfter.LongestWait.TotalSeconds);
            _gap = CarefulGap;
            return false;
        }

        if (turn.Started < _opens)
        {
            _opens = Math.Max(_opens, now + (told?.TotalSeconds ?? 0));
            return false;
        }

        _inRow++;
        _gap = CarefulGap;
        _opens = now + (told?.TotalSeconds ?? OwnPause(now));
        return true;
    }

    // Most services count by the minute.
    private double OwnPause(double now) =>
        _inRow == 1 ? FirstPause
        : _inRow == 2 && FirstAccepted() is { } first ? Math.Max(FirstPause, first.Started + LongPause - now)
        : LongPause;

    private Turn? FirstAccepted() => _starts.FirstOrDefault(turn => !turn.WasRefused);

    // Only now have the refusals of the burst come in.
    private void Learn()
    {
        if (!_hasToLearn)
        {
            return;
        }

        _hasToLearn = false;
        _raise = FirstRaise;
        _raiseAt = _opens + Memory;
        int accepted = _starts.Count(turn => !turn.WasRefused);
        if (FirstAccepted() is { } first && (accepted >= LeastToLearnFrom || _pace is not null))
        {
            double measured = accepted / (_opens - first.Started);
            double perSecond = Math.Min(measured, _pace?.PerSecond ?? measured);
            _pace = new Pace(perSecond, Math.Max(1, perSecond * Unevenness));
            _hasBound = true;
        }
    }

    // The limit may be another one by now. A minute without requests tells nothing.
    private void Raise(double now)
    {
        if (_pace is null || now < _raiseAt)
        {
            return;
        }

        if (_hasStarted)
        {
            if (!_hasBound)
            {
                _pace = null;
                return;
            }

            _pace.PerSecond *= 1 + _raise;
            _raise = Math.Min(1, 2 * _raise);
        }

        _raiseAt = now + Memory;
        _hasBound = false;
        _hasStarted = false;
    }
}
