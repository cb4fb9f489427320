using ChatPS.Client.Faults;

namespace ChatPS.Client.Runs;

/// <summary>Which models to ask, in their order, when the first one fails.</summary>
/// <param name="models">The models.</param>
/// <param name="reasons">The failures that lead to the next model.</param>
public sealed class ModelFallback(IReadOnlyList<string> models, IReadOnlyCollection<FallbackReason> reasons)
{
    /// <summary>No other models.</summary>
    public static readonly ModelFallback None = new([], []);

    /// <summary>The failures that lead to the next model if nothing else is said.</summary>
    public static readonly IReadOnlyList<FallbackReason> DefaultReasons = [FallbackReason.Failure, FallbackReason.ModelNotFound, FallbackReason.ContextTooLong];

    /// <summary>The models.</summary>
    public IReadOnlyList<string> Models => models;

    /// <summary>Whether a failure leads to the next model.</summary>
    /// <param name="failure">The failure, after all retries.</param>
    /// <returns>Whether it does.</returns>
    public bool Covers(ChatServiceException failure) => failure.ErrorId switch
    {
        ErrorIds.ModelNotFound => reasons.Contains(FallbackReason.ModelNotFound),
        ErrorIds.ContextTooLong => reasons.Contains(FallbackReason.ContextTooLong),
        ErrorIds.ContentFiltered => reasons.Contains(FallbackReason.ContentFiltered),
        ErrorIds.RateLimited or ErrorIds.QuotaExceeded or ErrorIds.Timeout or ErrorIds.ConnectionFailed
            or ErrorIds.StreamTruncated or ErrorIds.BadResponse or ErrorIds.ServerError => reasons.Contains(FallbackReason.Failure),
        _ => false,
    };
}
