using ChatPS.Client.Json;

namespace ChatPS.Conversion;

/// <summary>What some services want back with an answer besides its text and calls: reasoning, its details, extra content.</summary>
internal sealed class MessageExtras
{
    /// <summary>What a service adds to a message or to a call of a tool.</summary>
    public const string ExtraContent = "extra_content";

    private readonly object? _details;
    private readonly object? _content;

    /// <summary>Takes them from a message.</summary>
    /// <param name="message">The message.</param>
    public MessageExtras(Members message)
    {
        Reasoning = message.TakeText("reasoning_content");
        _details = message.Take("reasoning_details");
        _content = message.Take(ExtraContent);
    }

    /// <summary>Gets the reasoning under the name that services want it back under.</summary>
    public string? Reasoning { get; }

    /// <summary>Gets what was added to each call.</summary>
    public List<object?> OfCalls { get; } = [];

    /// <summary>Keeps them with the message as those of an answer are kept.</summary>
    /// <param name="message">The message.</param>
    /// <param name="where">Where it stands, for the error.</param>
    public void KeepWith(ChatMessage message, string where)
    {
        bool isCalls = OfCalls.Exists(extra => extra is not null);
        if (message.Role != "assistant" || message.Raw is not null || (Reasoning is null && _details is null && _content is null && !isCalls))
        {
            return;
        }

        Dictionary<string, object?> kept = new(StringComparer.Ordinal);
        Add("reasoning_content", Reasoning);
        Add("reasoning_details", _details);
        Add(ExtraContent, _content);
        Add("tool_calls", isCalls ? OfCalls.ConvertAll(extra => new Dictionary<string, object?>(StringComparer.Ordinal) { [ExtraContent] = extra }) : null);
        message.Raw = PlainJson.Write(kept, where);
        message.RawDialect = "OpenAI";

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                kept[name] = value;
            }
        }
    }
}
