using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>What the sandbox makes of the messages and instructions of a request.</summary>
internal sealed class MessagesConversation
{
    private const int MostCacheMarks = 4;

    private static readonly string[] UserBlocks = ["text", "image", "document", "search_result", "tool_result"];

    private readonly bool _thinks;
    private readonly bool _isNew;
    private List<string> _openCalls = [];
    private int _cacheMarks;

    private MessagesConversation(bool thinks, bool isNew) => (_thinks, _isNew) = (thinks, isNew);

    /// <summary>The text of the last user message with its images and documents counted in brackets.</summary>
    public string UserText { get; private set; } = "";

    /// <summary>The last result of a tool, where nothing was said after it.</summary>
    public string? ToolResult { get; private set; }

    public int Tokens { get; private set; }

    /// <summary>The calls of the service's own tools in an answer that comes back to be gone on with.</summary>
    public IReadOnlyList<string> ServerCalls { get; private set; } = [];

    public static MessagesConversation Read(Input body, bool thinks, bool isNew)
    {
        MessagesConversation conversation = new(thinks, isNew);
        conversation.ReadSystem(body);
        body.Required("messages");
        IReadOnlyList<Input> messages = body.Objects("messages")!;
        if (messages.Count == 0)
        {
            throw body.Refuse("messages", "at least one message is required");
        }

        for (int i = 0; i < messages.Count; i++)
        {
            conversation.Add(messages[i].Only("role", "content"), isLast: i == messages.Count - 1);
        }

        return conversation._cacheMarks <= MostCacheMarks
            ? conversation
            : throw new ApiException(Input.Refused(string.Format(CultureInfo.InvariantCulture, "A maximum of {0} blocks with cache_control may be provided. Found {1}.", MostCacheMarks, conversation._cacheMarks)));
    }

    private void ReadSystem(Input body)
    {
        if (body.TryGet("system", out JsonElement system) && system.ValueKind == JsonValueKind.String)
        {
            Tokens += Play.Tokens.Count(system.GetString()!);
            return;
        }

        foreach (Input block in body.Objects("system") ?? [])
        {
            block.Required("type");
            block.Choice("type", "text");
            Tokens += Play.Tokens.Count(ReadText(block));
        }
    }

    private void Add(Input message, bool isLast)
    {
        string role = message.RequiredText("role");
        if (role is not ("user" or "assistant"))
        {
            throw new ApiException(Input.Refused($"messages: Unexpected role \"{role}\". The Messages API accepts a top-level `system` parameter, not \"{role}\" as an input message role."));
        }

        JsonElement content = message.Required("content");
        bool isText = content.ValueKind == JsonValueKind.String;
        IReadOnlyList<Input> blocks = isText ? [] : message.Objects("content")!;
        if (isText ? content.GetString()!.Length == 0 : blocks.Count == 0)
        {
            throw message.Refuse("", $"{role} messages must have non-empty content");
        }

        string text = isText ? content.GetString()! : "";
        if (role == "user")
        {
            AddUser(message, isText ? null : blocks, text);
        }
        else
        {
            AddAssistant(message, blocks, text, isLast);
        }
    }

    private void AddUser(Input message, IReadOnlyList<Input>? blocks, string text)
    {
        List<string> texts = text.Length > 0 ? [text] : [];
        int images = 0;
        int documents = 0;
        bool hasOther = text.Length > 0;
        string? result = null;
        foreach (Input block in blocks ?? [])
        {
            block.Required("type");
            switch (block.Choice("type", UserBlocks))
            {
                case "tool_result" when hasOther:
                    throw message.Refuse("", "`tool_use` ids were found without `tool_result` blocks immediately after. `tool_result` blocks must come first in the content.");
                case "tool_result":
                    result = ReadResult(block);
                    continue;
                case "image":
                    SourceRules.CheckImage(block.Only("type", "source", "cache_control"));
                    CountMark(block);
                    images++;
                    break;
                case "document":
                    SourceRules.CheckDocument(block.Only("type", "source", "title", "context", "citations", "cache_control"));
                    CountMark(block);
                    documents++;
                    break;
                case "text":
                    if (_isNew && block.TryGet("citations", out _))
                    {
                        throw block.Refuse("citations", "Extra inputs are not permitted");
                    }

                    texts.Add(ReadText(block));
                    break;
            }

            hasOther = true;
        }

        if (_openCalls.Count > 0)
        {
            throw message.Refuse("", $"`tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", _openCalls)}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
        }

        string said = string.Join("\n", texts) + Count(images, "image") + Count(documents, "document");
        Tokens += Play.Tokens.Count(said) + Play.Tokens.Count(result ?? "") + (images * Play.Tokens.PerImage);
        ToolResult = hasOther ? null : result;
        UserText = hasOther ? said.TrimStart() : UserText;
    }

    private string ReadResult(Input block)
    {
        block.Only("type", "tool_use_id", "content", "is_error", "cache_control");
        CountMark(block);
        block.Flag("is_error");
        string id = block.RequiredText("tool_use_id");
        if (!_openCalls.Remove(id))
        {
            throw block.Refuse("", $"unexpected `tool_use_id` found in `tool_result` blocks: {id}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
        }

        if (block.TryGet("content", out JsonElement content) && content.ValueKind == JsonValueKind.String)
        {
            return content.GetString()!;
        }

        List<string> texts = [];
        foreach (Input part in block.Objects("content") ?? [])
        {
            part.Required("type");
            switch (part.Choice("type", "text", "image", "document", "search_result"))
            {
                case "text":
                    texts.Add(ReadText(part));
                    break;
                case "image":
                    SourceRules.CheckImage(part);
                    break;
            }
        }

        return string.Join("\n", texts);
    }

    private void AddAssistant(Input message, IReadOnlyList<Input> blocks, string text, bool isLast)
    {
        List<string> calls = [];
        List<string> serverCalls = [];
        foreach (Input block in blocks)
        {
            switch (block.RequiredText("type"))
            {
                case "text":
                    text = ReadText(block);
                    Tokens += Play.Tokens.Count(text);
                    break;
                case "tool_use":
                    block.Only("type", "id", "name", "input", "caller", "cache_control");
                    CountMark(block);
                    block.RequiredText("name");
                    block.RequiredObject("input");
                    calls.Add(block.RequiredText("id"));
                    break;
                case "thinking":
                    ThoughtSeal.Check(block);
                    break;
                case "redacted_thinking":
                    ThoughtSeal.CheckHidden(block);
                    break;
                case "document" when !_isNew:
                    SourceRules.CheckDocument(block);
                    break;
                case "server_tool_use":
                    serverCalls.Add(block.RequiredText("id"));
                    break;
                case "web_search_tool_result" or "web_fetch_tool_result" or "code_execution_tool_result" or "bash_code_execution_tool_result":
                    break;
                case var other:
                    throw block.Refuse("", $"Input tag '{other}' found using 'type' does not match any of the expected tags");
            }
        }

        if (_thinks && calls.Count > 0 && blocks[0].Text("type") is not ("thinking" or "redacted_thinking") and { } first)
        {
            throw message.Refuse("content.0.type", $"Expected `thinking` or `redacted_thinking`, but found `{first}`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.");
        }

        if (isLast && text.Length > 0 && char.IsWhiteSpace(text[text.Length - 1]))
        {
            throw new ApiException(Input.Refused("messages: final assistant content cannot end with trailing whitespace"));
        }

        _openCalls = calls;
        ServerCalls = isLast ? serverCalls : [];
    }

    private string ReadText(Input block)
    {
        block.Only("type", "text", "citations", "cache_control");
        CountMark(block);
        string text = block.RequiredText("text");
        return text.Length > 0 ? text : throw new ApiException(Input.Refused("messages: text content blocks must be non-empty"));
    }

    private void CountMark(Input block)
    {
        if (block.Object("cache_control") is { } mark)
        {
            mark.Only("type", "ttl").Required("type");
            mark.Choice("type", "ephemeral");
            mark.Choice("ttl", "5m", "1h");
            _cacheMarks++;
        }
    }

    private static string Count(int count, string noun) => count == 0 ? "" : string.Format(CultureInfo.InvariantCulture, " [{0} {1}{2}]", count, noun, count == 1 ? "" : "s");
}
