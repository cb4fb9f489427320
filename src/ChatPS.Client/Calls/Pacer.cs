using System.Net.Http.Headers;

namespace ChatPS.Client.Calls;

/// <summary>
/// Says when each request of a connection may start: in the order in which they ask, and no faster than the user allows, than
/// the service says it allows, and than it was found to allow. Safe for many threads.
/// </summary>
internal sealed class Pacer : IDisposable
{
    // Sums of fractions of seconds are a little off.
    private const double Slack = 1e-6;
    private const int AnswersToAverage = 20;
    private const double Any = double.NegativeInfinity;

    private readonly object _lock = new();
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly int? _requestsPerMinute;
    private readonly int? _tokensPerMinute;
    private readonly Pace? _requests;
    private readonly Pace? _tokens;
    private readonly Allowance _allowedRequests = new();
    private readonly Allowance _allowedTokens = new();
    private readonly Allowance _allowedInput = new();
    private readonly RefusalGate _gate = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private (double Requests, double Tokens, double InputTokens) _inFlight;
    private double _outputTokens;
    private int _answers;
    private ITimer? _timer;
    private double _alarm = double.PositiveInfinity;
    private bool _isClosed;

    public Pacer(int? requestsPerMinute, int? tokensPerMinute, TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _requestsPerMinute = requestsPerMinute;
        _tokensPerMinute = tokensPerMinute;
        _requests = PerMinute(requestsPerMinute);
        _tokens = PerMinute(tokensPerMinute);
    }

    /// <summary>Gets how many requests wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiters.Count;
            }
        }
    }

    private double Now => _time.GetElapsedTime(_origin).TotalSeconds;

    /// <summary>Waits until a request may start.</summary>
    /// <param name="inputTokens">About how many tokens it has.</param>
    /// <param name="onWait">Hears, if there is a wait, how long it is at least, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The leave to start, which is as good as used.</returns>
    /// <exception cref="PausedException">The service asked for a longer pause than anyone waits for.</exception>
    public ValueTask<Turn> TakeTurnAsync(int inputTokens, Action<TimeSpan, string>? onWait, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> node;
        TimeSpan wait;
        string reason;
        lock (_lock)
        {
            double now = Now;
            Turn turn = new(this, inputTokens, _outputTokens);
            if (_gate.TooLong(now) is { } pause)
            {
                throw new PausedException(pause);
            }

            Turn next = _waiters.First?.Value.Turn ?? turn;
            double due = Due(next, now);
            if (ReferenceEquals(next, turn) && due <= now + Slack)
            {
                Start(turn, now);
                return new ValueTask<Turn>(turn);
            }

            node = _waiters.AddLast(new Waiter(turn));
            wait = TimeSpan.FromSeconds(Math.Max(0, due - now));
            reason = Reason(next, now, due);
            Arm(due, now);
        }

        onWait?.Invoke(wait, reason);
        return new ValueTask<Turn>(WaitAsync(node, cancellationToken));
    }

    /// <summary>Learns from an answer.</summary>
    /// <param name="turn">The request's turn.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="isOutOfQuota">Whether the refusal is about money, which no waiting brings back.</param>
    public void Answered(Turn turn, int status, HttpResponseHeaders headers, bool isOutOfQuota)
    {
        RateHeaders? limits = RateHeaders.Read(headers, _time);
        bool isRefusal = status == 429 && !isOutOfQuota;
        TimeSpan? told = isRefusal || status == 503 ? RetryAfter.Read(headers, _time) : null;
        lock (_lock)
        {
            double now = Now;
            End(turn);
            if (limits is not null)
            {
                Learn(turn, limits, now);
            }

            if (isRefusal)
            {
                _gate.Refused(turn, told ?? UsedUp(limits), now);
            }
            else if (told is not null)
            {
                _gate.Close(turn, told, now);
            }
            else if (status is not 429 and not 503 and not 529)
            {
                _gate.Accepted(turn);
            }

            Release(now);
        }
    }

    /// <summary>Takes note that no answer will come.</summary>
    /// <param name="turn">The request's turn.</param>
    public void Failed(Turn turn)
    {
        lock (_lock)
        {
            End(turn);
            Release(Now);
        }
    }

    /// <summary>Puts what the service counted in place of what was estimated.</summary>
    public void Settle(Turn turn, int inputTokens, int outputTokens)
    {
        lock (_lock)
        {
            _answers = Math.Min(_answers + 1, AnswersToAverage);
            _outputTokens += (outputTokens - _outputTokens) / _answers;
            _tokens?.Return(turn.Tokens - inputTokens - outputTokens);
            Release(Now);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _timer?.Dispose();
        }
    }

    // About a second's worth may start at once: services count in windows of their own, and refuse larger bursts.
    private static Pace? PerMinute(int? limit) => limit is { } number ? new Pace(number / 60.0, Math.Max(1, number / 60)) : null;

    private static TimeSpan? UsedUp(RateHeaders? limits)
    {
        double longest = Math.Max(Wait(limits?.Requests), Math.Max(Wait(limits?.Tokens), Wait(limits?.InputTokens)));
        return longest > 0 ? TimeSpan.FromSeconds(longest) : null;

        static double Wait(RateLimit? limit) => limit is { Remaining: < 1 } used ? used.Reset : 0;
    }

    private void Learn(Turn turn, RateHeaders limits, double now)
    {
        if (limits.Requests is { } requests)
        {
            _allowedRequests.Learn(requests, turn.Started, now);
        }

        if (limits.Tokens is { } tokens)
        {
            _allowedTokens.Learn(tokens, turn.Started, now);
        }

        if (limits.InputTokens is { } input)
        {
            _allowedInput.Learn(input, turn.Started, now);
        }
    }

    private double Due(Turn turn, double now) => Math.Max(Math.Max(_gate.Due(now), OwnDue(turn)), AllowedDue(turn, now));

    private double OwnDue(Turn turn) => Math.Max(_requests?.Due(1) ?? Any, _tokens?.Due(turn.Tokens) ?? Any);

    private double AllowedDue(Turn turn, double now) =>
        Math.Max(
            _allowedRequests.Due(1, _inFlight.Requests, now),
            Math.Max(_allowedTokens.Due(turn.Tokens, _inFlight.Tokens, now), _allowedInput.Due(turn.InputTokens, _inFlight.InputTokens, now)));

    private string Reason(Turn turn, double now, double due) =>
        due <= _requests?.Due(1) ? FormattableString.Invariant($"-RequestsPerMinute is {_requestsPerMinute}")
        : due <= _tokens?.Due(turn.Tokens) ? FormattableString.Invariant($"-TokensPerMinute is {_tokensPerMinute}")
        : due <= _gate.PauseEnds || due <= AllowedDue(turn, now) ? "the service allows no more requests until then"
        : _gate.PerSecond is { } pace ? FormattableString.Invariant($"after a refusal, requests start at most {60 * pace:0.#} times a minute")
        : "after a refusal, requests start one by one";

    private void Start(Turn turn, double now)
    {
        turn.Started = now;
        _inFlight = (_inFlight.Requests + 1, _inFlight.Tokens + turn.Tokens, _inFlight.InputTokens + turn.InputTokens);
        _requests?.Take(1, now);
        _tokens?.Take(turn.Tokens, now);
        _gate.Start(turn);
    }

    private void End(Turn turn) =>
        _inFlight = (_inFlight.Requests - 1, _inFlight.Tokens - turn.Tokens, _inFlight.InputTokens - turn.InputTokens);

    private async Task<Turn> WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(() => Cancel(node, cancellationToken));
        return await node.Value.Task;
    }

    private void Cancel(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (node.List is not null)
            {
                _waiters.Remove(node);
                node.Value.TrySetCanceled(cancellationToken);
                Release(Now);
            }
        }
    }

    private void OnAlarm()
    {
        lock (_lock)
        {
            _alarm = double.PositiveInfinity;
            Release(Now);
        }
    }

    private void Release(double now)
    {
        while (_waiters.First is { } first)
        {
            Turn turn = first.Value.Turn;
            if (_gate.TooLong(now) is { } pause)
            {
                _waiters.RemoveFirst();
                first.Value.TrySetException(new PausedException(pause));
                continue;
            }

            double due = Due(turn, now);
            if (due > now + Slack)
            {
                Arm(due, now);
                return;
            }

            _waiters.RemoveFirst();
            Start(turn, now);
            first.Value.TrySetResult(turn);
        }
    }

    private void Arm(double due, double now)
    {
        if (_isClosed || due.Equals(_alarm))
        {
            return;
        }

        _alarm = due;
        _timer ??= _time.CreateTimer(static pacer => ((Pacer)pacer!).OnAlarm(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // Whole milliseconds, and no longer than a timer can run.
        double milliseconds = Math.Min(Math.Max(1, Math.Ceiling((due - now - Slack) * 1000)), int.MaxValue);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    private sealed class Waiter(Turn turn) : TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Turn Turn { get; } = turn;
    }
}
