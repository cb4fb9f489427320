using ChatPS.Client.Usage;

namespace ChatPS.Client.Sessions;

/// <summary>Shortens conversations. Instructions stay, and a call of tools is never parted from its results.</summary>
public static class ConversationLimit
{
    /// <summary>Leaves out the oldest messages until the rest keeps to the limits.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="maxMessages">The most messages, instructions apart; null for no limit.</param>
    /// <param name="maxTokens">The most tokens by estimate, instructions included; null for no limit.</param>
    /// <param name="newest">How many messages at the end stay, whatever the limits.</param>
    /// <returns>What is left.</returns>
    public static ChatMessage[] Trim(IReadOnlyList<ChatMessage> messages, int? maxMessages, int? maxTokens, int newest = 1)
    {
        List<Unit> units = Split(messages);
        HashSet<Unit> dropped = [];
        long count = units.Where(unit => !unit.IsInstruction).Sum(unit => (long)unit.Messages.Count);
        long tokens = messages.Sum(message => (long)TokenEstimate.FromMessage(message));
        foreach (Unit unit in units.Where(unit => !unit.IsInstruction && unit.End <= messages.Count - newest))
        {
            // What is left should not begin with an answer to a question that is gone: many models want the user to begin.
            bool isOrphan = dropped.Count > 0 && unit.Messages[0].Role != "user" && units.Any(later => later.End > unit.End && later.Messages[0].Role == "user");
            if (count > maxMessages || tokens > maxTokens || isOrphan)
            {
                dropped.Add(unit);
                count -= unit.Messages.Count;
                tokens -= unit.Messages.Sum(TokenEstimate.FromMessage);
            }
            else
            {
                break;
            }
        }

        return [.. units.Where(unit => !dropped.Contains(unit)).SelectMany(unit => unit.Messages)];
    }

    /// <summary>Takes the beginning of a conversation.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="count">The most messages.</param>
    /// <returns>The beginning; shorter where it would end between a call of tools and its results.</returns>
    public static ChatMessage[] First(IReadOnlyList<ChatMessage> messages, int count) =>
        [.. Split(messages).TakeWhile(unit => unit.End <= count).SelectMany(unit => unit.Messages)];

    /// <summary>Takes the end of a conversation.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="count">The most messages.</param>
    /// <returns>The end; shorter where it would begin between a call of tools and its results.</returns>
    public static ChatMessage[] Last(IReadOnlyList<ChatMessage> messages, int count) =>
        [.. Split(messages).SkipWhile(unit => messages.Count - unit.End + unit.Messages.Count > count).SelectMany(unit => unit.Messages)];

    private static List<Unit> Split(IReadOnlyList<ChatMessage> messages)
    {
        List<Unit> units = [];
        foreach (ChatMessage message in messages)
        {
            bool isResult = message.Role is "tool" or "function" && units.Count > 0 && units[units.Count - 1].Messages[0].ToolCalls.Count > 0;
            if (!isResult)
            {
                units.Add(new Unit());
            }

            units[units.Count - 1].Messages.Add(message);
        }

        int end = 0;
        foreach (Unit unit in units)
        {
            end += unit.Messages.Count;
            unit.End = end;
        }

        return units;
    }

    // A message, or a call of tools with its results.
    private sealed class Unit
    {
        public List<ChatMessage> Messages { get; } = [];

        public int End { get; set; }

        public bool IsInstruction => Messages[0].Role is "system" or "developer";
    }
}
