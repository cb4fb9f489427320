using ChatPS.Api.OpenAIResponses;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>
/// Tells the answer from what a model says on its way to it. A model that makes such remarks marks each message with a phase;
/// where there are no marks, everything is the answer.
/// </summary>
internal static class MessagePhase
{
    private const string Final = "final_answer";

    /// <summary>Whether an item is a message.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsMessage(OutputItem item) => item.Type is "message" or null;

    /// <summary>Whether a message of a phase is a remark. A phase that we do not know is no final one.</summary>
    /// <param name="phase">The phase; null where the service tells none.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsRemark(string? phase) => phase is not (null or "" or Final);

    /// <summary>Finds the messages that are the answer.</summary>
    /// <param name="items">The items of a response.</param>
    /// <returns>Those of the final phase; where there are none, those of no phase.</returns>
    public static IReadOnlyList<OutputItem> Answers(IEnumerable<OutputItem> items)
    {
        List<OutputItem> messages = [.. items.Where(item => IsMessage(item) && !IsRemark(item.Phase))];
        List<OutputItem> final = messages.FindAll(message => message.Phase == Final);
        return final.Count > 0 ? final : messages;
    }
}
