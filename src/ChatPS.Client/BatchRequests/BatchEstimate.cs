using ChatPS.Client.Faults;

namespace ChatPS.Client.BatchRequests;

/// <summary>What a batch would take, before it is sent.</summary>
/// <param name="Requests">How many requests it has.</param>
/// <param name="Parts">In how many parts they go.</param>
/// <param name="InputTokens">About how many tokens the requests have.</param>
/// <param name="OutputLimit">The most tokens of the answers; null where requests set no limit.</param>
/// <param name="Cost">About what it costs at the prices of a batch; null without a price.</param>
public sealed record BatchEstimate(int Requests, int Parts, long InputTokens, long? OutputLimit, decimal? Cost)
{
    /// <inheritdoc />
    public override string ToString()
    {
        string output = OutputLimit switch { null => ", answers not counted", 0 => "", { } limit => FormattableString.Invariant($", at most {limit} out") };
        return $"{Counted.Of(Requests, "request")} in {Counted.Of(Parts, "part")}, about {Counted.Of(InputTokens, "token")} in{output}{Counted.Cost(Cost)}";
    }
}
