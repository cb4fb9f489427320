using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Decisions;

/// <summary>Reads the tokens, as OpenAI, TypeSafe, Google and chat services tell them. Any of it may be absent.</summary>
internal static class DecisionUsage
{
    public static ChatUsage? Read(JsonElement? said)
    {
        if (said is not { ValueKind: JsonValueKind.Object } usage)
        {
            return null;
        }

        int? input = usage.Count("input_tokens", "prompt_tokens", "total_input_tokens");
        int? output = usage.Count("output_tokens", "completion_tokens", "total_output_tokens");
        int? total = usage.Count("total_tokens");
        if ((input ?? output ?? total) is null)
        {
            return null;
        }

        JsonElement details = usage.Any("input_tokens_details") ?? usage.Any("prompt_tokens_details") ?? default;
        JsonElement made = usage.Any("output_tokens_details") ?? usage.Any("completion_tokens_details") ?? default;
        int told = input ?? Math.Max(0, (total ?? 0) - (output ?? 0));
        return new ChatUsage
        {
            InputTokens = told,
            OutputTokens = output ?? 0,
            TotalTokens = total is > 0 ? total.Value : TokenCount.Sum(told, output ?? 0),
            CachedTokens = details.Count("cached_tokens") ?? usage.Count("total_cached_tokens") ?? 0,
            CacheWriteTokens = details.Count("cache_write_tokens") ?? 0,
            ReasoningTokens = made.Count("reasoning_tokens") ?? 0,
        };
    }

    private static int? Count(this JsonElement usage, params string[] names)
    {
        foreach (string name in names)
        {
            if (JsonText.Member(usage, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) && number >= 0)
            {
                return number;
            }
        }

        return null;
    }
}
