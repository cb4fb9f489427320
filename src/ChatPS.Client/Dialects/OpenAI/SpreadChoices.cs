using ChatPS.Client.Chat;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Some gateways spread one answer over several choices: the text in one, each call of a tool in one of its own.</summary>
internal static class SpreadChoices
{
    /// <summary>Puts choices together that are one answer.</summary>
    /// <param name="choices">The choices.</param>
    /// <param name="request">What was asked.</param>
    /// <returns>One choice, or those that were given.</returns>
    public static IReadOnlyList<ChatPS.ChatChoice> Join(IReadOnlyList<ChatPS.ChatChoice> choices, ChatRequest request) =>
        choices.Count > 1 && request.N is null or 1 && AreOne(choices) ? [One(choices)] : choices;

    // Of two texts each is an answer. A text and what comes without one are not.
    private static bool AreOne(IReadOnlyList<ChatPS.ChatChoice> choices) =>
        choices.Count > 1
        && choices.Count(choice => choice.Text.Length > 0) <= 1
        && choices.Any(choice => choice.Text.Length == 0 && (choice.Message.ToolCalls.Count > 0 || choice.Message.Reasoning is not null));

    private static ChatPS.ChatChoice One(IReadOnlyList<ChatPS.ChatChoice> choices)
    {
        ChatMessage first = choices[0].Message;
        string reasoning = string.Join("\n\n", choices.Select(choice => choice.Message.Reasoning).Where(text => !string.IsNullOrEmpty(text)));
        ChatMessage message = new()
        {
            Role = first.Role,
            Content = choices.FirstOrDefault(choice => choice.Text.Length > 0)?.Message.Content ?? first.Content,
            ToolCalls = [.. choices.SelectMany(choice => choice.Message.ToolCalls)],
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            Refusal = choices.Select(choice => choice.Message.Refusal).FirstOrDefault(text => text is not null),
            AudioId = choices.Select(choice => choice.Message.AudioId).FirstOrDefault(id => id is not null),
            Audio = choices.Select(choice => choice.Message.Audio).FirstOrDefault(audio => audio is not null),
            Citations = [.. choices.SelectMany(choice => choice.Message.Citations)],
        };
        SentBack.Join(message, choices.Select(choice => choice.Message));
        return new ChatPS.ChatChoice
        {
            Index = choices[0].Index,
            FinishReason = choices.FirstOrDefault(choice => choice.Message.ToolCalls.Count > 0)?.FinishReason ?? choices.Select(choice => choice.FinishReason).FirstOrDefault(reason => reason is not null),
            Message = message,
            LogProbs = choices.Select(choice => choice.LogProbs).FirstOrDefault(probabilities => probabilities.Length > 0) ?? [],
        };
    }
}
