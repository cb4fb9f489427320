namespace ChatPS;

/// <summary>The answer to a chat request.</summary>
public sealed class ChatCompletion : ChatAnswer
{
    /// <summary>All answers; more than one if <c>-N</c> asked for more.</summary>
    public ChatChoice[] Choices { get; init; } = [];

    /// <summary>The message of the first choice.</summary>
    public ChatMessage? Message => Choices.Length > 0 ? Choices[0].Message : null;

    /// <summary>The tools that the first choice wants called.</summary>
    public IList<ChatToolCall> ToolCalls => Message?.ToolCalls ?? [];

    /// <summary>Why the model refused to answer, if it did.</summary>
    public string? Refusal => Message?.Refusal;

    /// <summary>The model's reasoning, where a service shows it.</summary>
    public string? Reasoning => Message?.Reasoning;

    /// <summary>The spoken answer of the first choice, if the model spoke.</summary>
    public ChatAudio? Audio => Message?.Audio;

    /// <summary>The web pages that the first choice rests on.</summary>
    public IList<ChatCitation> Citations => Message?.Citations ?? [];

    /// <summary>The conversation: what was sent and, last, the message of the first choice. Piped on, it is continued. Empty where a stored completion was fetched without its messages.</summary>
    public ChatMessage[] Messages { get; init; } = [];

    /// <summary>The answer as the object that <c>-OutputType</c> or <c>-OutputSchema</c> asked for; null without them.</summary>
    public object? Value { get; set; }

    /// <summary>The notes that the service keeps with the answer.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The tier of service that answered.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>The service's mark of the configuration that answered.</summary>
    public string? SystemFingerprint { get; init; }
}
