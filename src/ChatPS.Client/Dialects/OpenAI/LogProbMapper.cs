using ChatPS.Api.Chat;
using ChatPS.Api.Text;

namespace ChatPS.Client.Dialects.OpenAI;

internal static class LogProbMapper
{
    /// <summary>A refusal has its tokens apart, beside an empty list or none for the content.</summary>
    /// <param name="probabilities">Both lists.</param>
    /// <returns>The one that counts; null if there is none.</returns>
    public static IReadOnlyList<TokenLogprob>? TokensOf(ChatLogprobs? probabilities) =>
        probabilities?.Content is { Count: > 0 } content ? content : probabilities?.Refusal;

    public static ChatTokenLogProb[] FromChat(IReadOnlyList<TokenLogprob>? tokens) => tokens is null ? [] :
    [
        .. tokens.Select(token => new ChatTokenLogProb
        {
            Token = token.Token ?? "",
            LogProb = token.Logprob,
            Top = FromChat(token.TopLogprobs),
        }),
    ];

    /// <summary>The legacy form keeps four lists side by side.</summary>
    /// <param name="lists">The lists.</param>
    /// <returns>One object for each token.</returns>
    public static ChatTokenLogProb[] FromText(CompletionLogprobs? lists) => lists?.Tokens is null ? [] :
    [
        .. lists.Tokens.Select((token, place) => new ChatTokenLogProb
        {
            Token = token,
            LogProb = At(lists.TokenLogprobs, place),
            Offset = lists.TextOffset is { } offsets && place < offsets.Count ? offsets[place] : null,
            Top = FromAlternatives(At(lists.TopLogprobs, place)),
        }),
    ];

    private static ChatTokenLogProb[] FromAlternatives(Dictionary<string, double?>? alternatives) => alternatives is null ? [] :
    [
        .. alternatives.OrderByDescending(pair => pair.Value).Select(pair => new ChatTokenLogProb { Token = pair.Key, LogProb = pair.Value }),
    ];

    private static T? At<T>(IReadOnlyList<T>? list, int place) => list is not null && place < list.Count ? list[place] : default;
}
