using ChatPS.Client.Faults;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Runs;

/// <summary>
/// What one request may take from a <see cref="Budget"/>. It ends once, by the first of its methods that is called; where none
/// is, disposing of it counts the estimate, since nobody knows what the request took.
/// </summary>
public sealed class Reservation : IDisposable
{
    private readonly Budget _budget;
    private readonly PriceTable? _prices;
    private readonly string _model;
    private int _hasEnded;

    internal Reservation(Budget budget, PriceTable? prices, string model, int estimatedInputTokens, long tokens, decimal cost)
    {
        _budget = budget;
        _prices = prices;
        _model = model;
        EstimatedInputTokens = estimatedInputTokens;
        Tokens = tokens;
        Cost = cost;
    }

    /// <summary>The tokens reserved.</summary>
    public long Tokens { get; }

    /// <summary>The money reserved, in the currency of the prices; 0 without prices.</summary>
    public decimal Cost { get; }

    internal int EstimatedInputTokens { get; }

    /// <summary>Counts what the request took.</summary>
    /// <param name="usage">The tokens as the service told; null where it did not, and the estimate counts.</param>
    /// <param name="cost">What the answer cost; null to use the price of the model that was asked.</param>
    public void Settle(ChatUsage? usage, decimal? cost = null)
    {
        if (End())
        {
            _budget.Settle(this, usage?.TotalTokens ?? Tokens, usage is null ? Cost : cost ?? _prices?.Cost(_model, usage), usage);
        }
    }

    /// <summary>Counts what a request took that was charged by other units than tokens.</summary>
    /// <param name="units">How many of each unit the service counted; null where it did not tell, and what was reserved counts.</param>
    public void SettleUnits(IReadOnlyDictionary<string, decimal>? units)
    {
        if (End())
        {
            _budget.Settle(this, 0, units is null ? Cost : _prices?.UnitCost(_model, units), usage: null);
        }
    }

    /// <summary>Counts what a failed request took: its estimate where the service may have been at work, else nothing.</summary>
    /// <param name="failure">The failure.</param>
    public void Fail(ChatServiceException failure)
    {
        bool mayBeCharged = failure.ErrorId is ErrorIds.Timeout or ErrorIds.StreamTruncated or ErrorIds.BadResponse
            || failure is { ErrorId: ErrorIds.ConnectionFailed, StatusCode: >= 200 and < 300 }
            || failure.PartialText is { Length: > 0 };
        if (mayBeCharged)
        {
            Settle(usage: null);
        }
        else
        {
            Release();
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

    /// <summary>Counts the estimate, unless the reservation has ended.</summary>
    public void Dispose() => Settle(usage: null);

    private bool End() => Interlocked.Exchange(ref _hasEnded, 1) == 0;
}
