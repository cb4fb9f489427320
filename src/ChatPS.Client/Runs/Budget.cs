using ChatPS.Client.Faults;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Runs;

/// <summary>
/// Keeps a run within a number of tokens and an amount of money. Each request reserves before it is sent what it may take at
/// most, and settles afterwards what it took. One that does not fit waits for those under way, which mostly take less than
/// they reserved. Where nothing is under way and it still does not fit, the budget is exceeded, for it and for all that
/// follow. First come, first served. Safe for many threads.
/// </summary>
public sealed class Budget
{
    private const int RatiosKept = 100;

    private static readonly Dictionary<string, decimal> NoUnits = [];

    private readonly object _lock = new();
    private readonly LinkedList<Waiter> _queue = [];
    private readonly Queue<double> _ratios = [];
    private readonly long? _maxTokens;
    private readonly decimal? _maxCost;
    private readonly PriceTable? _prices;
    private long _tokens;
    private decimal _cost;
    private long _reservedTokens;
    private decimal _reservedCost;
    private int _underWay;
    private bool _isProbing;
    private long? _largestOutput;
    private int _answers;
    private string? _exceeded;

    /// <summary>Makes the budget.</summary>
    /// <param name="maxTotalTokens">The most tokens, input and output together; null for no limit.</param>
    /// <param name="maxCost">The most money, in the currency of the prices; null for no limit.</param>
    /// <param name="prices">The prices; not needed without <paramref name="maxCost"/>.</param>
    /// <exception cref="ChatServiceException">A limit cannot be, or there is no price to calculate the cost from.</exception>
    public Budget(long? maxTotalTokens, decimal? maxCost, PriceTable? prices)
    {
        if (maxTotalTokens < 1)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-MaxTotalToken is {maxTotalTokens}; it must be 1 or more."), "Give -MaxTotalToken a larger value, or leave it out for no limit.");
        }

        if (maxCost <= 0)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-MaxCost is {maxCost}; it must be above 0."), "Give -MaxCost a larger value, or leave it out for no limit.");
        }

        if (maxCost is not null && prices is null)
        {
            throw Failures.Invalid("-MaxCost needs prices, and none are built in.", "Give -PriceTable, here or to Connect-ChatService, for example @{ 'your-model*' = @{ Input = 2.5; Output = 10 } }; or keep prices in prices.csv in the configuration folder.");
        }

        _maxTokens = maxTotalTokens;
        _maxCost = maxCost;
        _prices = prices;
    }

    /// <summary>The tokens spent so far.</summary>
    public long Tokens
    {
        get
        {
            lock (_lock)
            {
                return _tokens;
            }
        }
    }

    /// <summary>The money spent so far, in the currency of the prices; 0 without prices.</summary>
    public decimal Cost
    {
        get
        {
            lock (_lock)
            {
                return _cost;
            }
        }
    }

    /// <summary>Adds what was spent before, such as the answers that a checkpoint holds.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="cost">The money.</param>
    /// <param name="answers">How many answers that was.</param>
    /// <param name="largestOutput">The tokens of the longest of them; 0 if that is not known.</param>
    public void AddSpent(long tokens, decimal cost, int answers = 0, long largestOutput = 0)
    {
        lock (_lock)
        {
            _tokens += tokens;
            _cost += cost;
            _answers += answers;
            if (largestOutput > 0)
            {
                _largestOutput = Math.Max(_largestOutput ?? 0, largestOutput);
            }
        }
    }

    /// <summary>
    /// Reserves what a request may take at most, and waits for room. Where the output has no limit, the largest output seen so
    /// far is reserved; until there is one, such a request runs alone to find out.
    /// </summary>
    /// <param name="estimatedInputTokens">About how many tokens the request has. Answers teach how far off such estimates are.</param>
    /// <param name="outputLimit">The most tokens of all its answers together; null for no limit.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="requests">How many requests the answer may take.</param>
    /// <returns>The reservation, to settle or release.</returns>
    /// <exception cref="ChatServiceException">The budget is exceeded, or money is limited and the model has no price.</exception>
    public Task<Reservation> ReserveAsync(int estimatedInputTokens, int? outputLimit, string model, CancellationToken cancellationToken, int requests = 1) => ReserveAsync(
        new Waiter(Math.Max(1, estimatedInputTokens), outputLimit, model, requests == 1 ? NoUnits : new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase) { [PriceUnits.Request] = requests - 1 }), cancellationToken);

    /// <summary>Reserves what a request takes that is charged by other units than tokens, and waits for room.</summary>
    /// <param name="units">How many of each unit, by the names of <see cref="PriceUnits"/>.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reservation, to settle or release.</returns>
    /// <exception cref="ChatServiceException">The budget is exceeded, or money is limited and the model has no price.</exception>
    public Task<Reservation> ReserveAsync(IReadOnlyDictionary<string, decimal> units, string model, CancellationToken cancellationToken) =>
        ReserveAsync(new Waiter(0, outputLimit: 0, model, units), cancellationToken);

    /// <summary>Reserves what a request takes that may be charged by tokens and by other units, and waits for room. Where tokens of the answer count, the most that any answer had so far is reserved.</summary>
    /// <param name="estimatedInputTokens">About how many tokens the request has.</param>
    /// <param name="units">How many of each unit, by the names of <see cref="PriceUnits"/>.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reservation, to settle or release.</returns>
    /// <exception cref="ChatServiceException">The budget is exceeded, or money is limited and the model has no price.</exception>
    public Task<Reservation> ReserveAsync(int estimatedInputTokens, IReadOnlyDictionary<string, decimal> units, string model, CancellationToken cancellationToken)
    {
        bool countsOutput = _maxTokens is not null || _prices?.Cost(model, 0, 0, 1) > _prices?.Cost(model, 0, 0, 0);
        return ReserveAsync(new Waiter(Math.Max(1, estimatedInputTokens), countsOutput ? null : 0, model, units), cancellationToken);
    }

    private Task<Reservation> ReserveAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        string model = waiter.Model;
        if (_maxCost is not null && _prices?.Cost(model, 0, 0, 0) is null)
        {
            throw Failures.Invalid($"-MaxCost: model '{model}' has no price.", $"Add '{model}', or a pattern that fits it, to -PriceTable.");
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Reservation>(cancellationToken);
        }

        lock (_lock)
        {
            _queue.AddLast(waiter);
            Admit();
        }

        Task<Reservation> granted = waiter.Granted.Task;
        if (!granted.IsCompleted)
        {
            CancellationTokenRegistration registration = cancellationToken.Register(() => Leave(waiter, cancellationToken));
            _ = granted.ContinueWith(_ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return granted;
    }

    internal void Settle(Reservation reservation, long tokens, decimal? cost, ChatUsage? usage)
    {
        lock (_lock)
        {
            _tokens += tokens;
            _cost += cost ?? 0;
            if (usage is not null)
            {
                _answers++;
                _largestOutput = Math.Max(_largestOutput ?? 0, usage.OutputTokens);
                if (_ratios.Count == RatiosKept)
                {
                    _ratios.Dequeue();
                }

                _ratios.Enqueue((double)usage.InputTokens / Math.Max(1, reservation.EstimatedInputTokens));
            }

            End(reservation);
        }
    }

    internal void Release(Reservation reservation)
    {
        lock (_lock)
        {
            End(reservation);
        }
    }

    // Nobody waits here: two of whom each holds what the other waits for would wait for ever.
    internal void Extend(Reservation reservation, long spentTokens, decimal spentCost, ChatUsage? last)
    {
        lock (_lock)
        {
            long output = reservation.OutputLimit ?? Math.Max(_largestOutput ?? 0, last?.OutputTokens ?? 0);
            Reservation next = Estimate(new Waiter(last?.TotalTokens ?? reservation.EstimatedInputTokens, reservation.OutputLimit, reservation.Model, NoUnits), last?.TotalTokens ?? reservation.EstimatedInputTokens, output);
            long moreTokens = Math.Max(0, spentTokens + next.Tokens - reservation.Tokens);
            decimal moreCost = Math.Max(0, spentCost + next.Cost - reservation.Cost);
            if (!Fits(moreTokens, moreCost))
            {
                throw Failure(Describe(next, spentTokens, spentCost));
            }

            reservation.Tokens += moreTokens;
            reservation.Cost += moreCost;
            _reservedTokens += moreTokens;
            _reservedCost += moreCost;
        }
    }

    private void End(Reservation reservation)
    {
        _reservedTokens -= reservation.Tokens;
        _reservedCost -= reservation.Cost;
        _underWay--;
        _isProbing = false;
        Admit();
    }

    private void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_queue.Remove(waiter))
            {
                waiter.Granted.TrySetCanceled(cancellationToken);
                Admit();
            }
        }
    }

    private void Admit()
    {
        while (_queue.First?.Value is { } waiter)
        {
            bool isProbe = waiter.OutputLimit is null && _largestOutput is null;
            if (_underWay > 0 && (isProbe || _isProbing))
            {
                return;
            }

            Reservation reservation = Estimate(waiter);
            if (_exceeded is null && Fits(reservation.Tokens, reservation.Cost))
            {
                _reservedTokens += reservation.Tokens;
                _reservedCost += reservation.Cost;
                _underWay++;
                _isProbing = isProbe;
                _queue.RemoveFirst();
                waiter.Granted.SetResult(reservation);
                continue;
            }

            if (_exceeded is null && _underWay > 0)
            {
                return;
            }

            _exceeded ??= Describe(reservation);
            _queue.RemoveFirst();
            waiter.Granted.SetException(Failure(_exceeded));
        }
    }

    private Reservation Estimate(Waiter waiter)
    {
        double ratio = _ratios.Count > 0 ? Math.Max(1, _ratios.Max()) : 1;
        long input = (long)Math.Ceiling(waiter.EstimatedInputTokens * ratio);
        return Estimate(waiter, input, waiter.OutputLimit ?? _largestOutput ?? 0);
    }

    // The cache is cheaper at most services, but not at all of them.
    private Reservation Estimate(Waiter waiter, long input, long output)
    {
        decimal cost = (_prices?.UnitsCost(waiter.Model, waiter.Units) ?? 0)
            + Math.Max(_prices?.Cost(waiter.Model, input, 0, output) ?? 0, _prices?.Cost(waiter.Model, input, input, output) ?? 0);
        return new Reservation(this, _prices, waiter.Model, waiter.EstimatedInputTokens, waiter.OutputLimit, input + output, cost);
    }

    private bool Fits(long moreTokens, decimal moreCost) =>
        (_maxTokens is not { } tokens || moreTokens <= tokens - _tokens - _reservedTokens)
        && (_maxCost is not { } cost || moreCost <= cost - _cost - _reservedCost);

    private string Describe(Reservation next, long underWay = 0, decimal costUnderWay = 0)
    {
        List<string> limits = [];
        if (_maxTokens is { } tokens)
        {
            limits.Add(FormattableString.Invariant($"{_tokens + underWay} of {tokens} tokens (-MaxTotalToken) are used and the next request may take {next.Tokens}"));
        }

        if (_maxCost is { } cost)
        {
            limits.Add(FormattableString.Invariant($"{_cost + costUnderWay:0.######} of {cost} (-MaxCost) are spent and the next request may cost {next.Cost:0.######}"));
        }

        return FormattableString.Invariant($"The budget is used up: {string.Join("; ", limits)}. {_answers} {(_answers == 1 ? "answer is" : "answers are")} there so far.");
    }

    private static ChatServiceException Failure(string message) => new(
        ErrorIds.BudgetExceeded,
        message,
        "Raise the limit to go on. With -CheckpointPath a further run starts where this one stopped; without it, everything is asked again.");

    private sealed class Waiter(int estimatedInputTokens, int? outputLimit, string model, IReadOnlyDictionary<string, decimal> units)
    {
        public int EstimatedInputTokens { get; } = estimatedInputTokens;

        public int? OutputLimit { get; } = outputLimit;

        public string Model { get; } = model;

        public IReadOnlyDictionary<string, decimal> Units { get; } = units;

        public TaskCompletionSource<Reservation> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
