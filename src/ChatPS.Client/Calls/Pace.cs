namespace ChatPS.Client.Calls;

/// <summary>Spreads starts evenly at a rate, with a burst of a given size, by calculating when all of the burst will be there again (GCRA).</summary>
internal sealed class Pace(double perSecond, double burst)
{
    private double _full = double.NegativeInfinity;

    public double PerSecond { get; set; } = perSecond;

    /// <summary>When a start of this cost may be. One that costs more than the burst waits for all of it, and leaves a debt.</summary>
    public double Due(double cost) => _full - ((burst - Math.Min(cost, burst)) / PerSecond);

    public void Take(double cost, double now) => _full = Math.Max(_full, now) + (cost / PerSecond);

    /// <summary>Gives back what a start did not need after all, or takes what it needed beyond.</summary>
    public void Return(double cost) => _full -= cost / PerSecond;
}
