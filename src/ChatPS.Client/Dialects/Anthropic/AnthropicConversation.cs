using ChatPS.Api;
using ChatPS.Api.Anthropic;
using ChatPS.Api.Errors;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>
/// A conversation in Anthropic's form: the instructions apart, user and assistant in turns, the results of tools first in the
/// turn after their calls.
/// </summary>
internal sealed class AnthropicConversation
{
    private readonly List<ContentBlock> _system = [];
    private readonly List<(string Role, List<ContentBlock> Content)> _turns = [];
    private readonly HashSet<string> _failedCalls = new(StringComparer.Ordinal);

    /// <summary>Writes a conversation.</summary>
    /// <param name="messages">The messages, oldest first.</param>
    /// <exception cref="ChatServiceException">Something in it cannot be sent; it says what.</exception>
    public AnthropicConversation(IEnumerable<ChatMessage> messages)
    {
        foreach (ChatMessage message in messages)
        {
            Add(message);
        }

        if (_turns.Count == 0)
        {
            throw Failures.Invalid("There is no message to answer: only instructions.", "Give -Prompt, or a message of role user.");
        }
    }

    public IReadOnlyList<ContentBlock> System => _system;

    public IReadOnlyList<MessageParam> Messages =>
    [
        .. _turns.Select(turn => new MessageParam
        {
            Role = turn.Role,
            Content = [.. turn.Content.Where(IsResult), .. turn.Content.Where(block => !IsResult(block))],
        }),
    ];

    /// <summary>Writes an answer as it came, or as it reads.</summary>
    /// <param name="message">A message of the assistant.</param>
    /// <returns>Its blocks.</returns>
    public static IEnumerable<ContentBlock> ToBlocks(ChatMessage message) =>
        message.Raw is { } raw && message.RawDialect == AnthropicDialect.DialectName ? Kept(message, raw) : Translated(message);

    private void Add(ChatMessage message)
    {
        if (message.Name is { } name && message.Role is not "tool")
        {
            throw Failures.Invalid(
                $"-Name '{name}': messages of the dialect {AnthropicDialect.DialectName} have no names.", "Leave out the name, and say in the text who speaks.");
        }

        switch (message.Role)
        {
            case "system" or "developer":
                _system.AddRange(AnthropicContentMapper.Instructions(message));
                break;
            case "assistant":
                _failedCalls.UnionWith(message.ToolCalls.Where(call => call.IsError).Select(call => call.Id ?? ""));
                AddTurn("assistant", ToBlocks(message));
                break;
            case "tool":
                AddTurn("user", [Result(message)]);
                break;
            case "user":
                AddTurn("user", AnthropicContentMapper.ToBlocks(message.Content));
                break;
            default:
                throw Failures.Invalid(
                    $"A message of role '{message.Role}': services of the dialect {AnthropicDialect.DialectName} do not know the old form of calls.", "Use messages of role tool, as -Tool makes them.");
        }
    }

    // The service refuses a turn that says nothing.
    private void AddTurn(string role, IEnumerable<ContentBlock> blocks)
    {
        List<ContentBlock> content = [.. blocks];
        if (content.Count == 0)
        {
            return;
        }

        if (_turns.Count > 0 && _turns[_turns.Count - 1].Role == role)
        {
            _turns[_turns.Count - 1].Content.AddRange(content);
        }
        else
        {
            _turns.Add((role, content));
        }
    }

    private static bool IsResult(ContentBlock block) => block.Type == "tool_result";

    private ContentBlock Result(ChatMessage message)
    {
        List<ContentBlock> content = [.. AnthropicContentMapper.ToBlocks(message.Content)];
        CacheControl? cache = content.Select(block => block.CacheControl).LastOrDefault(control => control is not null);
        content.ForEach(block => block.CacheControl = null);
        return new ContentBlock
        {
            Type = "tool_result",
            ToolUseId = message.ToolCallId,
            Content = content.TrueForAll(block => block.Type == "text") ? PlainJson.ToElement(message.Text, "-Message") : AnthropicContentMapper.ToElement(content),
            IsError = message.ToolCallId is { } id && _failedCalls.Contains(id) ? true : null,
            CacheControl = cache,
        };
    }

    private static IEnumerable<ContentBlock> Translated(ChatMessage message) =>
    [
        .. AnthropicContentMapper.ToBlocks(message.Content),
        .. message.ToolCalls.Select(call => new ContentBlock { Type = "tool_use", Id = call.Id, Name = call.Name, Input = AnthropicContentMapper.ToInput(call.Arguments) }),
    ];

    private static List<ContentBlock> Kept(ChatMessage message, string raw)
    {
        ContentBlock[] blocks;
        try
        {
            blocks = WireJson.Read<ContentBlock[]>(raw, AnthropicJsonContext.Default);
        }
        catch (WireFormatException exception)
        {
            throw Failures.Invalid($"The Raw of a message is no content of the dialect {AnthropicDialect.DialectName}: {exception.Message}", "Set Raw to $null: the message's own content is sent then.", exception);
        }

        List<ContentBlock> sent = [.. blocks.Where(block => block.Type != "text" || !string.IsNullOrEmpty(block.Text))];
        foreach (ContentBlock call in sent.Where(block => block.Type == "tool_use"))
        {
            call.Input = AnthropicContentMapper.ToInput(call.Input);
        }

        if (message.Content.Select(part => part.CacheBreakpoint).LastOrDefault(mark => mark is not null) is { } mode && sent.FindLast(block => block.Type is "text" or "tool_use") is { } last)
        {
            last.CacheControl = AnthropicContentMapper.Cached(mode);
        }

        return sent;
    }
}
