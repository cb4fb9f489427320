using ChatPS.Client.Usage;

namespace ChatPS.Client.Completions;

/// <summary>What an answer took before the request that gave it: earlier requests of the same item.</summary>
/// <param name="Usage">The tokens; null where the service did not say.</param>
/// <param name="Cost">The money; null where it is not known.</param>
/// <param name="Elapsed">The time.</param>
public sealed record Spent(ChatUsage? Usage, decimal? Cost, TimeSpan Elapsed)
{
    /// <summary>Nothing.</summary>
    public static readonly Spent Nothing = new(null, null, TimeSpan.Zero);

    /// <summary>What an answer took, and what had been taken before it.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>Both.</returns>
    public static Spent Of(ChatAnswer answer) => new(answer.Usage, answer.Cost, answer.Elapsed);

    internal ChatUsage? With(ChatUsage? usage) => Usage is null ? usage : usage is null ? Usage : new ChatUsage
    {
        InputTokens = TokenCount.Sum(Usage.InputTokens, usage.InputTokens),
        OutputTokens = TokenCount.Sum(Usage.OutputTokens, usage.OutputTokens),
        TotalTokens = TokenCount.Sum(Usage.TotalTokens, usage.TotalTokens),
        CachedTokens = TokenCount.Sum(Usage.CachedTokens, usage.CachedTokens),
        CacheWriteTokens = TokenCount.Sum(Usage.CacheWriteTokens, usage.CacheWriteTokens),
        ReasoningTokens = TokenCount.Sum(Usage.ReasoningTokens, usage.ReasoningTokens),
        InputAudioTokens = TokenCount.Sum(Usage.InputAudioTokens, usage.InputAudioTokens),
        OutputAudioTokens = TokenCount.Sum(Usage.OutputAudioTokens, usage.OutputAudioTokens),
        AcceptedPredictionTokens = TokenCount.Sum(Usage.AcceptedPredictionTokens, usage.AcceptedPredictionTokens),
        RejectedPredictionTokens = TokenCount.Sum(Usage.RejectedPredictionTokens, usage.RejectedPredictionTokens),
    };

    internal decimal? With(decimal? cost) => Cost is null ? cost : Cost + (cost ?? 0);
}
