namespace ChatPS;

/// <summary>The answer to a chat request.</summary>
public sealed class ChatCompletion : ChatAnswer
{
    private readonly IList<ChatToolCall>? _toolCalls;
    private ChatMedia[]? _media;

    /// <summary>All answers; more than one if <c>-N</c> asked for more.</summary>
    public ChatChoice[] Choices { get; init; } = [];

    /// <summary>The message of the first choice.</summary>
    public ChatMessage? Message => Choices.Length > 0 ? Choices[0].Message : null;

    /// <summary>The calls of tools: those that were run, with their outputs, then those that the first choice leaves to the caller.</summary>
    public IList<ChatToolCall> ToolCalls
    {
        get => _toolCalls ?? Message?.ToolCalls ?? [];
        init => _toolCalls = value;
    }

    /// <summary>How many times the model called tools that were run for it, and was told their outputs. Usage, cost and elapsed time are those of all rounds together.</summary>
    public int ToolRounds { get; init; }

    /// <summary>Why the model refused to answer, if it did.</summary>
    public string? Refusal => Message?.Refusal;

    /// <summary>The model's reasoning, where a service shows it.</summary>
    public string? Reasoning => Message?.Reasoning;

    /// <summary>What the model said on its way to the answer, such as what it looks at first, where a service tells it apart from the answer; null otherwise. It is no part of the text.</summary>
    public string? Commentary => Message?.Commentary;

    /// <summary>The spoken answer of the first choice, if the model spoke.</summary>
    public ChatAudio? Audio => Message?.Audio;

    /// <summary>The pictures, sounds and files that the answer holds or links to, wherever the service has put them. They are looked for when they are asked for; nothing is fetched.</summary>
    public ChatMedia[] Media => _media ??= MediaFinder.OfAnswer?.Invoke(this) ?? [];

    /// <summary>The web pages that the first choice rests on.</summary>
    public IList<ChatCitation> Citations => Message?.Citations ?? [];

    /// <summary>The conversation: what was sent and, last, the message of the first choice. Piped on, it is continued. Empty where a stored completion was fetched without its messages.</summary>
    public ChatMessage[] Messages { get; init; } = [];

    /// <summary>What the service's own tools did for the answer: searches, code, images.</summary>
    public ChatBuiltInCall[] BuiltInCalls { get; init; } = [];

    /// <summary>What the service's content filter found in prompt and answer, where it tells.</summary>
    public ChatContentFilter[] ContentFilters { get; init; } = [];

    /// <summary>The conversation that the service keeps, if the answer is part of one.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The answer as the object that <c>-OutputType</c> or <c>-OutputSchema</c> asked for; null without them.</summary>
    public object? Value { get; set; }

    /// <summary>The notes that the service keeps with the answer.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The tier of service that answered.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>The service's mark of the configuration that answered.</summary>
    public string? SystemFingerprint { get; init; }
}
