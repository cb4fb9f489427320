using ChatPS.Client.Json;

namespace ChatPS.Conversion;

/// <summary>Reads what services of OpenAI's form want back with an answer that a user hands on: reasoning, its details, and extra content of the message and its calls.</summary>
internal static class MessageReasoning
{
    private const string ReasoningContent = "reasoning_content";
    private const string Reasoning = "reasoning";
    private const string ReasoningDetails = "reasoning_details";
    private const string ExtraContent = "extra_content";

    /// <summary>Puts it into a message of the assistant. Of any other it stays among the members, and is refused with them.</summary>
    /// <param name="members">The members of the message.</param>
    /// <param name="message">The message.</param>
    /// <param name="extras">The extra content of each call.</param>
    /// <param name="where">Where the message stands, for the error.</param>
    public static void Read(Members members, ChatMessage message, IReadOnlyList<object?> extras, string where)
    {
        if (message.Role != "assistant")
        {
            return;
        }

        Dictionary<string, object?> kept = new(StringComparer.Ordinal);
        Keep(ReasoningContent, members.TakeText(ReasoningContent));
        Keep(Reasoning, members.TakeText(Reasoning));
        Keep(ReasoningDetails, AsList(members.Take(ReasoningDetails)));
        Keep(ExtraContent, members.Take(ExtraContent));
        message.Reasoning = (kept.TryGetValue(ReasoningContent, out object? text) || kept.TryGetValue(Reasoning, out text)) ? (string?)text : null;
        if (extras.Any(extra => extra is not null))
        {
            kept["tool_calls"] = extras.Select(extra => extra is null ? [] : new Dictionary<string, object?>(StringComparer.Ordinal) { [ExtraContent] = extra }).ToList();
        }

        // What a message of ours has kept is the same, in the service's own words.
        if (message.Raw is null && kept.Count > 0)
        {
            message.Raw = PlainJson.Write(kept, where);
            message.RawDialect = "OpenAI";
        }

        void Keep(string name, object? value)
        {
            if (value is not null)
            {
                kept[name] = value;
            }
        }
    }

    private static object? AsList(object? value) => value is null or List<object?> ? value : new List<object?> { value };
}
