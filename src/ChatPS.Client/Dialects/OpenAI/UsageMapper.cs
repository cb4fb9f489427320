using ChatPS.Client.Usage;

namespace ChatPS.Client.Dialects.OpenAI;

internal static class UsageMapper
{
    public static ChatUsage? FromWire(Api.Chat.Usage? usage)
    {
        if (usage is null)
        {
            return null;
        }

        int input = TokenCount.Of(usage.PromptTokens);
        int output = TokenCount.Of(usage.CompletionTokens);
        return new ChatUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = usage.TotalTokens is > 0 and { } total ? total : TokenCount.Sum(input, output),
            CachedTokens = TokenCount.Of(usage.PromptTokensDetails?.CachedTokens),
            CacheWriteTokens = TokenCount.Of(usage.PromptTokensDetails?.CacheWriteTokens),
            InputAudioTokens = TokenCount.Of(usage.PromptTokensDetails?.AudioTokens),
            ReasoningTokens = TokenCount.Of(usage.CompletionTokensDetails?.ReasoningTokens),
            OutputAudioTokens = TokenCount.Of(usage.CompletionTokensDetails?.AudioTokens),
            AcceptedPredictionTokens = TokenCount.Of(usage.CompletionTokensDetails?.AcceptedPredictionTokens),
            RejectedPredictionTokens = TokenCount.Of(usage.CompletionTokensDetails?.RejectedPredictionTokens),
        };
    }
}
