using System.Text.Json;
using ChatPS.Api.Chat;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>
/// A message in place of what is new: some services give the whole in one event, some what there is so far with each, some all of
/// it once more at the end.
/// </summary>
internal static class WholeMessage
{
    /// <summary>Finds what is new in a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="text">The text so far.</param>
    /// <param name="hasReasoning">Whether reasoning has come.</param>
    /// <param name="hasCalls">Whether calls have come.</param>
    /// <param name="hasDeltas">Whether what there is came as it does elsewhere: the message can be no piece of it then.</param>
    /// <returns>What is new; null where it is no message.</returns>
    public static ChatDelta? Rest(JsonElement message, string text, bool hasReasoning, bool hasCalls, bool hasDeltas)
    {
        if (message.ValueKind != JsonValueKind.Object || message.Deserialize(ChatJsonContext.Default.ChatDelta) is not { } delta)
        {
            return null;
        }

        string whole = delta.Content ?? "";
        delta.Content = whole.StartsWith(text, StringComparison.Ordinal) ? whole.Substring(text.Length) : hasDeltas ? null : whole;
        if (hasReasoning)
        {
            delta.ReasoningContent = delta.Reasoning = delta.Thoughts = null;
        }

        if (hasCalls)
        {
            delta.ToolCalls = null;
            delta.FunctionCall = null;
        }

        delta.Refusal = hasDeltas ? null : delta.Refusal;
        delta.Audio = hasDeltas ? null : delta.Audio;
        delta.Annotations = hasDeltas ? null : delta.Annotations;
        return delta;
    }
}
