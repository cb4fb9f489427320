using ChatPS.Api.Chat;
using ChatPS.Client.Chat;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Between the messages that users see and those on the wire.</summary>
internal static class ChatMessageMapper
{
    /// <summary>The type of a call in the old form, which has no id and goes back in the old form.</summary>
    public const string OldFunctionCall = "function_call";

    public static ChatRequestMessage ToWire(ChatMessage message)
    {
        ChatRequestMessage wire = new()
        {
            Role = message.Role,
            Name = message.Name,
            Content = ToContent(message),
            ToolCallId = message.ToolCallId,
            ToolCalls = ToWire(message.ToolCalls.Where(call => call.Type != OldFunctionCall)),
            FunctionCall = message.ToolCalls.FirstOrDefault(call => call.Type == OldFunctionCall) is { } old ? new FunctionCall { Name = old.Name, Arguments = old.Arguments } : null,
            Refusal = message.Refusal,
            Audio = message.AudioId is { } id ? new AudioReference { Id = id } : null,
        };
        if (message.Raw is not null && SentBack.IsKept(message))
        {
            SentBack.Restore(message, wire);
        }

        return wire;
    }

    public static ChatMessage FromWire(ChatResponseMessage? message, string? audioFormat = null)
    {
        if (message is null)
        {
            return new ChatMessage { Role = "assistant" };
        }

        ChatMessage read = new()
        {
            Role = message.Role ?? "assistant",
            Content = message.Content is { Length: > 0 } text ? [ChatContent.FromText(text)] : message.Audio?.Transcript is { } transcript ? [ChatContent.FromText(transcript)] : [],
            ToolCalls = ToToolCalls(message.ToolCalls, message.FunctionCall),
            Refusal = message.Refusal,
            Reasoning = Reasoning(message.ReasoningContent, message.Reasoning, message.Thoughts),
            AudioId = message.Audio?.Id,
            Audio = AudioMapper.FromWire(message.Audio, audioFormat),
            Citations = ToCitations(message.Annotations),
        };
        if (read.ToolCalls.Count > 0 || message.AdditionalProperties is not null)
        {
            SentBack.Keep(
                read,
                message.ReasoningContent,
                message.Reasoning,
                SentBack.Details(message.AdditionalProperties),
                SentBack.Extra(message.AdditionalProperties),
                [.. (message.ToolCalls ?? []).Select(call => SentBack.Extra(call?.AdditionalProperties))],
                SentBack.Pictures(message.AdditionalProperties));
        }

        return read;
    }

    /// <summary>Chooses among the names that services have for reasoning: an empty text is no value where another name has one.</summary>
    /// <param name="content">The text under DeepSeek's name.</param>
    /// <param name="other">The text under OpenRouter's.</param>
    /// <param name="thoughts">The text of parts.</param>
    /// <returns>The first that says something; null for none.</returns>
    public static string? Reasoning(string? content, string? other, string? thoughts) =>
        content is { Length: > 0 } ? content : other is { Length: > 0 } ? other : thoughts is { Length: > 0 } ? thoughts : null;

    public static ChatMessage FromStored(StoredMessage message) => new()
    {
        Role = message.Role ?? "user",
        Content = message.ContentParts is { Count: > 0 } parts ? [.. parts.Select(FromPart)] : message.Content is { Length: > 0 } text ? [ChatContent.FromText(text)] : [],
        Name = message.Name,
        ToolCallId = message.ToolCallId,
        ToolCalls = ToToolCalls(message.ToolCalls, message.FunctionCall),
        Refusal = message.Refusal,
        AudioId = message.Audio?.Id,
        Audio = AudioMapper.FromWire(message.Audio, format: null),
        Citations = ToCitations(message.Annotations),
    };

    public static ChatCitation[] ToCitations(IEnumerable<Annotation>? annotations) =>
    [
        .. (annotations ?? []).Select(annotation => annotation?.UrlCitation).OfType<UrlCitation>().Select(citation => new ChatCitation
        {
            Title = citation.Title,
            Url = citation.Url,
            StartIndex = citation.StartIndex,
            EndIndex = citation.EndIndex,
        }),
    ];

    // Text alone goes as a string, which every server takes; parts go as parts.
    private static MessageContent? ToContent(ChatMessage message)
    {
        if (message.Content.Count == 0 || (message.IsEmpty() && message.ToolCalls.Count > 0))
        {
            return message.Role == "assistant" ? null : new MessageContent("");
        }

        return message.Content is [{ Type: "text", CacheBreakpoint: null } text]
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
        PromptCacheBreakpoint = part.CacheBreakpoint is { } mode ? new PromptCacheBreakpoint { Mode = mode } : null,
    };

    private static ChatContent FromPart(ContentPart part) => new()
    {
        Type = part.Type ?? "text",
        Text = part.Text ?? part.Refusal,
        Url = part.ImageUrl?.Url,
        Detail = part.ImageUrl?.Detail,
        Data = part.InputAudio?.Data ?? part.File?.FileData,
        Format = part.InputAudio?.Format,
        FileId = part.File?.FileId,
        FileName = part.File?.Filename,
        CacheBreakpoint = part.PromptCacheBreakpoint?.Mode,
    };

    private static List<ToolCall>? ToWire(IEnumerable<ChatToolCall> calls)
    {
        List<ToolCall> wire = [.. calls.Select(ToWire)];
        return wire.Count > 0 ? wire : null;
    }

    private static ToolCall ToWire(ChatToolCall call) => call.Type == "custom"
        ? new ToolCall { Id = call.Id, Type = call.Type, Custom = new CustomToolCall { Name = call.Name, Input = call.Arguments } }
        : new ToolCall { Id = call.Id, Type = call.Type, Function = new FunctionCall { Name = call.Name, Arguments = call.Arguments } };

    private static List<ChatToolCall> ToToolCalls(IEnumerable<ToolCall>? wire, FunctionCall? old)
    {
        List<ChatToolCall> calls = [];
        foreach (ToolCall call in wire ?? [])
        {
            calls.Add(new ChatToolCall
            {
                Id = call.Id,
                Type = call.Type ?? "function",
                Name = call.Function?.Name ?? call.Custom?.Name ?? "",
                Arguments = call.Function?.Arguments ?? call.Custom?.Input ?? "",
            });
        }

        if (old is not null)
        {
            calls.Add(new ChatToolCall { Type = OldFunctionCall, Name = old.Name ?? "", Arguments = old.Arguments ?? "" });
        }

        return calls;
    }
}
