namespace ChatPS.Client.Calls;

/// <summary>What the headers of an answer say about one limit.</summary>
/// <param name="Limit">How much there is at most; null where they do not say.</param>
/// <param name="Remaining">How much is left.</param>
/// <param name="Reset">In how many seconds the count begins anew.</param>
internal sealed record RateLimit(double? Limit, double Remaining, double Reset);
