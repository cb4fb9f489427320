namespace ChatPS.Client.Dialects.OpenAI;

internal static class UsageMapper
{
    public static ChatUsage? FromWire(Api.Chat.Usage? usage)
    {
        if (usage is null)
        {
            return null;
        }

        int input = usage.PromptTokens ?? 0;
        int output = usage.CompletionTokens ?? 0;
        return new ChatUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = usage.TotalTokens ?? input + output,
            CachedTokens = usage.PromptTokensDetails?.CachedTokens ?? 0,
            CacheWriteTokens = usage.PromptTokensDetails?.CacheWriteTokens ?? 0,
            InputAudioTokens = usage.PromptTokensDetails?.AudioTokens ?? 0,
            ReasoningTokens = usage.CompletionTokensDetails?.ReasoningTokens ?? 0,
            OutputAudioTokens = usage.CompletionTokensDetails?.AudioTokens ?? 0,
            AcceptedPredictionTokens = usage.CompletionTokensDetails?.AcceptedPredictionTokens ?? 0,
            RejectedPredictionTokens = usage.CompletionTokensDetails?.RejectedPredictionTokens ?? 0,
        };
    }
}
