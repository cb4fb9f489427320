using ChatPS.Client.Faults;

namespace ChatPS.Client.Usage;

/// <summary>About what a request would take that is not charged by tokens alone.</summary>
/// <param name="Amount">How much it is, in words.</param>
/// <param name="Cost">About what it would cost; null where the model has no price.</param>
public sealed record UnitEstimate(string Amount, decimal? Cost)
{
    /// <inheritdoc />
    public override string ToString() => Amount + Counted.Cost(Cost);
}
