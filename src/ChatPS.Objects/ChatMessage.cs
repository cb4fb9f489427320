namespace ChatPS;

/// <summary>One message of a conversation.</summary>
public sealed class ChatMessage
{
    private IList<ChatContent> _content = [];

    /// <summary>Makes an empty message from the user.</summary>
    public ChatMessage()
    {
    }

    /// <summary>Makes a message of text.</summary>
    /// <param name="role">See <see cref="Role"/>.</param>
    /// <param name="text">The text.</param>
    public ChatMessage(string role, string text)
    {
        Role = role;
        Content = [ChatContent.FromText(text)];
    }

    /// <summary>Who speaks: <c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c>, <c>tool</c> or <c>function</c>.</summary>
    public string Role { get; set; } = "user";

    /// <summary>What is said: text, images, audio and files, in their order.</summary>
    public IList<ChatContent> Content
    {
        get => _content;
        set
        {
            _content = value;
            Raw = null;
        }
    }

    /// <summary>All text of the content, joined. Setting it replaces the content.</summary>
    public string Text
    {
        get => Content.Count == 1 ? Content[0].Text ?? "" : string.Concat(Content.Select(part => part.Text));
        set => Content = [ChatContent.FromText(value)];
    }

    /// <summary>A name that tells apart speakers of the same role.</summary>
    public string? Name { get; set; }

    /// <summary>The tools that the model wants called.</summary>
    public IList<ChatToolCall> ToolCalls { get; set; } = [];

    /// <summary>For role <c>tool</c>: the call that this message answers.</summary>
    public string? ToolCallId { get; set; }

    /// <summary>Why the model refused to answer, if it did.</summary>
    public string? Refusal { get; set; }

    /// <summary>The model's reasoning, where a service shows it.</summary>
    public string? Reasoning { get; set; }

    /// <summary>What the model said on its way to the answer, where a service tells it apart from the answer. It is no part of <see cref="Text"/>.</summary>
    public string? Commentary { get; set; }

    /// <summary>The id of an earlier audio answer of the model.</summary>
    public string? AudioId { get; set; }

    /// <summary>The spoken answer, if the model spoke. It is not sent again; <see cref="AudioId"/> stands for it.</summary>
    public ChatAudio? Audio { get; set; }

    /// <summary>The pictures, sounds and files that the message holds or links to. They are looked for when they are asked for; nothing is fetched.</summary>
    public ChatMedia[] Media => MediaFinder.OfMessage?.Invoke(this) ?? [];

    /// <summary>The web pages that an answer of a model with web search rests on.</summary>
    public IList<ChatCitation> Citations { get; set; } = [];

    /// <summary>
    /// The message's content as the service wrote it (JSON), where this object cannot hold all of it: signed thoughts, the calls of a
    /// service's own tools. It is what goes back to services of the same dialect; giving the message other content clears it.
    /// </summary>
    public string? Raw { get; set; }

    /// <summary>The dialect that <see cref="Raw"/> is written in.</summary>
    public string? RawDialect { get; set; }

    /// <inheritdoc />
    public override string ToString() => Text;
}
