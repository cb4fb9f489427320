using ChatPS.Client.Faults;

namespace ChatPS.Client.Completions;

/// <summary>What a request would take, before it is sent.</summary>
/// <param name="Model">The model that would be asked.</param>
/// <param name="InputTokens">About how many tokens it has.</param>
/// <param name="OutputLimit">The most tokens of the answer; null where the request sets no limit.</param>
/// <param name="Cost">About what it would cost: its own tokens and, where there is a limit, all that the answer may have; null without a price.</param>
public sealed record RequestEstimate(string Model, long InputTokens, long? OutputLimit, decimal? Cost)
{
    /// <summary>Adds up what several requests would take.</summary>
    /// <param name="estimates">What each would take.</param>
    /// <returns>All together.</returns>
    public static RequestEstimate Sum(IReadOnlyCollection<RequestEstimate> estimates) => new(
        "",
        estimates.Sum(estimate => estimate.InputTokens),
        estimates.All(estimate => estimate.OutputLimit is not null) ? estimates.Sum(estimate => estimate.OutputLimit) : null,
        estimates.All(estimate => estimate.Cost is not null) ? estimates.Sum(estimate => estimate.Cost) : null);

    /// <inheritdoc />
    public override string ToString()
    {
        string output = OutputLimit is { } limit ? FormattableString.Invariant($", at most {limit} out") : ", answers not counted";
        return $"about {Counted.Of(InputTokens, "token")} in{output}{Counted.Cost(Cost)}";
    }
}
