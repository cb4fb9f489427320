using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Runs;

/// <summary>
/// What one request may take from a <see cref="Budget"/>. It ends once, by the first of its methods that is called; where none
/// is, disposing of it counts the estimate, since nobody knows what the request took.
/// </summary>
public sealed class Reservation : ISpending, IDisposable
{
    private readonly Budget _budget;
    private readonly PriceTable? _prices;
    private readonly object _lock = new();
    private long _spentTokens;
    private decimal _spentCost;
    private bool _isUntold;
    private ChatUsage? _last;
    private int _hasEnded;

    internal Reservation(Budget budget, PriceTable? prices, string model, int estimatedInputTokens, int? outputLimit, long tokens, decimal cost)
    {
        _budget = budget;
        _prices = prices;
        Model = model;
        EstimatedInputTokens = estimatedInputTokens;
        OutputLimit = outputLimit;
        Tokens = tokens;
        Cost = cost;
    }

    /// <summary>The tokens reserved.</summary>
    public long Tokens { get; internal set; }

    /// <summary>The money reserved, in the currency of the prices; 0 without prices.</summary>
    public decimal Cost { get; internal set; }

    internal int EstimatedInputTokens { get; }

    internal int? OutputLimit { get; }

    internal string Model { get; }

    /// <summary>Counts what the request took.</summary>
    /// <param name="usage">The tokens as the service told; null where it did not, and the estimate counts.</param>
    /// <param name="cost">What the answer cost; null to use the price of the model that was asked.</param>
    public void Settle(ChatUsage? usage, decimal? cost = null)
    {
        if (End())
        {
            _budget.Settle(this, usage?.TotalTokens ?? Tokens, usage is null ? Cost : cost ?? _prices?.Cost(Model, usage), usage);
        }
    }

    /// <summary>Counts what a request took that was charged by other units than tokens.</summary>
    /// <param name="units">How many of each unit the service counted; null where it did not tell, and what was reserved counts.</param>
    public void SettleUnits(IReadOnlyDictionary<string, decimal>? units)
    {
        if (End())
        {
            _budget.Settle(this, 0, units is null ? Cost : _prices?.UnitCost(Model, units), usage: null);
        }
    }

    /// <summary>Counts what a failed request took: its estimate where the service may have been at work, else what calls for it took that were answered.</summary>
    /// <param name="failure">The failure.</param>
    public void Fail(ChatServiceException failure)
    {
        bool mayBeCharged = failure.ErrorId is ErrorIds.Timeout or ErrorIds.StreamTruncated or ErrorIds.BadResponse
            || failure is { ErrorId: ErrorIds.ConnectionFailed, StatusCode: >= 200 and < 300 }
            || failure.PartialText is { Length: > 0 };
        if (mayBeCharged)
        {
            Dispose();
            return;
        }

        Spending spent = Spent();
        if (spent.IsUntold)
        {
            Dispose();
        }
        else if (spent.Tokens == 0 && spent.Cost == 0)
        {
            Release();
        }
        else if (End())
        {
            _budget.Settle(this, spent.Tokens, spent.Cost, usage: null);
        }
    }

    /// <summary>Gives all of it back: the request cost nothing.</summary>
    public void Release()
    {
        if (End())
        {
            _budget.Release(this);
        }
    }

    /// <summary>Counts the estimate, or what is known to be more, unless the reservation has ended.</summary>
    public void Dispose()
    {
        if (End())
        {
            Spending spent = Spent();
            _budget.Settle(this, Math.Max(Tokens, spent.Tokens), Math.Max(Cost, spent.Cost), usage: null);
        }
    }

    void ISpending.Add(ChatUsage? usage, decimal? cost)
    {
        lock (_lock)
        {
            _last = usage;
            _isUntold |= usage is null;
            _spentTokens += usage?.TotalTokens ?? 0;
            _spentCost += cost ?? (usage is null ? null : _prices?.Cost(Model, usage)) ?? 0;
        }
    }

    void ISpending.GoOn()
    {
        Spending spent = Spent();
        _budget.Extend(this, spent.IsUntold ? Math.Max(Tokens, spent.Tokens) : spent.Tokens, spent.IsUntold ? Math.Max(Cost, spent.Cost) : spent.Cost, spent.Last);
    }

    private Spending Spent()
    {
        lock (_lock)
        {
            return new Spending(_spentTokens, _spentCost, _isUntold, _last);
        }
    }

    private bool End() => Interlocked.Exchange(ref _hasEnded, 1) == 0;

    private sealed record Spending(long Tokens, decimal Cost, bool IsUntold, ChatUsage? Last);
}
