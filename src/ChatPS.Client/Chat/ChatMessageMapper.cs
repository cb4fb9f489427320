using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>Between the messages that users see and those on the wire.</summary>
internal static class ChatMessageMapper
{
    /// <summary>The type of a call in the old form, which has no id and goes back in the old form.</summary>
    public const string OldFunctionCall = "function_call";

    public static ChatRequestMessage ToWire(ChatMessage message)
    {
        if (!ChatRoles.Exists(message.Role))
        {
            throw Failures.Invalid($"The role '{message.Role}' does not exist.", "Use system, developer, user, assistant, tool or function.");
        }

        bool isEmpty = message.Content.All(part => part.Type == "text" && string.IsNullOrEmpty(part.Text));
        if (isEmpty && message.Role is ("user" or "system" or "developer"))
        {
            throw Failures.Invalid($"A message of role '{message.Role}' is empty.", "Give it some text.");
        }

        return new ChatRequestMessage
        {
            Role = message.Role,
            Name = message.Name,
            Content = ToContent(message, isEmpty),
            ToolCallId = message.ToolCallId,
            ToolCalls = ToWire(message.ToolCalls.Where(call => call.Type != OldFunctionCall)),
            FunctionCall = message.ToolCalls.FirstOrDefault(call => call.Type == OldFunctionCall) is { } old ? new FunctionCall { Name = old.Name, Arguments = old.Arguments } : null,
            Refusal = message.Refusal,
            Audio = message.AudioId is { } id ? new AudioReference { Id = id } : null,
        };
    }

    public static ChatMessage FromWire(ChatResponseMessage? message) => message is null ? new ChatMessage { Role = "assistant" } : new ChatMessage
    {
        Role = message.Role ?? "assistant",
        Content = message.Content is { Length: > 0 } text ? [ChatContent.FromText(text)] : message.Audio?.Transcript is { } transcript ? [ChatContent.FromText(transcript)] : [],
        ToolCalls = ToToolCalls(message),
        Refusal = message.Refusal,
        Reasoning = message.ReasoningContent ?? message.Reasoning,
        AudioId = message.Audio?.Id,
    };

    // Text alone goes as a string, which every server takes; parts go as parts.
    private static MessageContent? ToContent(ChatMessage message, bool isEmpty)
    {
        if (message.Content.Count == 0 || (isEmpty && message.ToolCalls.Count > 0))
        {
            return message.Role == "assistant" ? null : new MessageContent("");
        }

        return message.Content is [{ Type: "text" } text]
            ? new MessageContent(text.Text ?? "")
            : new MessageContent([.. message.Content.Select(ToPart)]);
    }

    public static ContentPart ToPart(ChatContent part) => new()
    {
        Type = part.Type,
        Text = part.Type == "text" ? part.Text : null,
        Refusal = part.Type == "refusal" ? part.Text : null,
        ImageUrl = part.Type == "image_url" ? new ImageUrl { Url = part.Url, Detail = part.Detail } : null,
        InputAudio = part.Type == "input_audio" ? new InputAudio { Data = part.Data, Format = part.Format } : null,
        File = part.Type == "file" ? new InputFile { FileData = part.Data, FileId = part.FileId, Filename = part.FileName } : null,
    };

    private static List<ToolCall>? ToWire(IEnumerable<ChatToolCall> calls)
    {
        List<ToolCall> wire = [.. calls.Select(ToWire)];
        return wire.Count > 0 ? wire : null;
    }

    private static ToolCall ToWire(ChatToolCall call) => call.Type == "custom"
        ? new ToolCall { Id = call.Id, Type = call.Type, Custom = new CustomToolCall { Name = call.Name, Input = call.Arguments } }
        : new ToolCall { Id = call.Id, Type = call.Type, Function = new FunctionCall { Name = call.Name, Arguments = call.Arguments } };

    private static List<ChatToolCall> ToToolCalls(ChatResponseMessage message)
    {
        List<ChatToolCall> calls = [];
        foreach (ToolCall call in message.ToolCalls ?? [])
        {
            calls.Add(new ChatToolCall
            {
                Id = call.Id,
                Type = call.Type ?? "function",
                Name = call.Function?.Name ?? call.Custom?.Name ?? "",
                Arguments = call.Function?.Arguments ?? call.Custom?.Input ?? "",
            });
        }

        if (message.FunctionCall is { } old)
        {
            calls.Add(new ChatToolCall { Type = OldFunctionCall, Name = old.Name ?? "", Arguments = old.Arguments ?? "" });
        }

        return calls;
    }
}
