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
        InputTokens = Usage.InputTokens + usage.InputTokens,
        OutputTokens = Usage.OutputTokens + usage.OutputTokens,
        TotalTokens = Usage.TotalTokens + usage.TotalTokens,
        CachedTokens = Usage.CachedTokens + usage.CachedTokens,
        CacheWriteTokens = Usage.CacheWriteTokens + usage.CacheWriteTokens,
        ReasoningTokens = Usage.ReasoningTokens + usage.ReasoningTokens,
        InputAudioTokens = Usage.InputAudioTokens + usage.InputAudioTokens,
        OutputAudioTokens = Usage.OutputAudioTokens + usage.OutputAudioTokens,
        AcceptedPredictionTokens = Usage.AcceptedPredictionTokens + usage.AcceptedPredictionTokens,
        RejectedPredictionTokens = Usage.RejectedPredictionTokens + usage.RejectedPredictionTokens,
    };

    internal decimal? With(decimal? cost) => Cost is null ? cost : Cost + (cost ?? 0);
}
