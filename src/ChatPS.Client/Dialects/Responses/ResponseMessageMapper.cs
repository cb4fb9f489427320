using System.Text.Json;
using ChatPS.Client.Chat;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>The messages of a request as the items that a response is made from.</summary>
/// <param name="Instructions">The leading system message, which the service does not keep with the conversation.</param>
/// <param name="Items">Everything else, as far as the service does not know it.</param>
internal sealed record ResponseMessageMapper(string? Instructions, IReadOnlyList<JsonElement> Items)
{
    /// <summary>The name of the dialect, which marks messages that are kept as the service wrote them.</summary>
    public const string Dialect = "Responses";

    private const string Origin = "-Message";

    /// <summary>Translates messages.</summary>
    /// <param name="request">The request.</param>
    /// <param name="formatType">The type of the form that the answer must have; null for none.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ChatServiceException">A message has something that cannot be sent, or there is nothing new to send.</exception>
    public static ResponseMessageMapper Of(ChatRequest request, string? formatType)
    {
        List<ChatMessage> messages = [.. request.AllMessages];
        HashSet<string> customCalls = [.. messages.SelectMany(message => message.ToolCalls).Where(call => call.Type == "custom").Select(call => call.Id ?? "")];

        // For a JSON object the service wants the word among the messages, not only in the instructions.
        ChatMessage? system = messages[0].Role == "system" ? messages[0] : null;
        bool isInstructions = system is not null && formatType != "json_object" && system.Content.All(part => part is { Type: "text", CacheBreakpoint: null });
        List<ChatMessage> sent = [.. messages.Skip(system is null ? 0 : 1)];
        if (request.PreviousResponseId is not null || request.ConversationId is not null)
        {
            // The service knows everything up to its last answer.
            sent.RemoveRange(0, sent.FindLastIndex(message => message.Role == "assistant") + 1);
            if (sent.Count == 0)
            {
                throw Failures.Invalid("There is nothing new to send: the service knows the conversation up to its last answer.", "Say with -Prompt how it goes on.");
            }
        }

        if (system is not null && !isInstructions)
        {
            sent.Insert(0, system);
        }

        return new ResponseMessageMapper(isInstructions ? system!.Text : null, [.. sent.SelectMany(message => ToItems(message, customCalls))]);
    }

    private static IEnumerable<JsonElement> ToItems(ChatMessage message, HashSet<string> customCalls)
    {
        if (message.Name is { } name && message.Role != "tool")
        {
            throw Failures.Invalid($"A message of role '{message.Role}' has the name '{name}', for which the Responses API has no place.", "Leave out -Name, and say in the text who speaks.");
        }

        return message switch
        {
            { Role: "assistant", Raw: { } raw, RawDialect: Dialect } => Kept(raw),
            { Role: "assistant" } => FromAssistant(message).Select(ToElement),
            { Role: "tool" } => [ToElement(FromTool(message, customCalls))],
            { Role: "function" } => throw Failures.Invalid("A message has the role 'function', which the Responses API does not know.", "Use the role 'tool', with the id of the call in ToolCallId."),
            _ => [ToElement(PlainMembers.Of(("type", "message"), ("role", message.Role), ("content", Content(message))))],
        };
    }

    private static IEnumerable<JsonElement> Kept(string raw)
    {
        using JsonDocument? document = PlainJsonReader.Parse(raw, out string? error);
        return document?.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(item => item.Clone())]
            : throw Failures.Invalid($"The Raw of a message is no list of items ({error ?? "it is no array"}).", "Set Raw of the message to $null; its text and its calls are sent then.");
    }

    private static IEnumerable<Dictionary<string, object?>> FromAssistant(ChatMessage message)
    {
        if (!message.IsEmpty() || message.Refusal is not null)
        {
            yield return PlainMembers.Of(("type", "message"), ("role", "assistant"), ("content", message.IsEmpty() ? message.Refusal : Content(message)));
        }

        foreach (ChatToolCall call in message.ToolCalls)
        {
            yield return call.Type switch
            {
                "custom" => PlainMembers.Of(("type", "custom_tool_call"), ("call_id", call.Id), ("name", call.Name), ("input", call.Arguments)),
                ChatMessageMapper.OldFunctionCall => throw Failures.Invalid($"The call of '{call.Name}' is in the old form, which the Responses API does not know.", "Give the tools with -Tool instead of -Function, and begin the conversation anew."),
                _ => PlainMembers.Of(("type", "function_call"), ("call_id", call.Id), ("name", call.Name), ("arguments", call.Arguments)),
            };
        }
    }

    private static Dictionary<string, object?> FromTool(ChatMessage message, HashSet<string> customCalls) => PlainMembers.Of(
        ("type", customCalls.Contains(message.ToolCallId ?? "") ? "custom_tool_call_output" : "function_call_output"),
        ("call_id", message.ToolCallId),
        ("output", Content(message)));

    // Text alone goes as a string, which every server takes; parts go as parts.
    private static object Content(ChatMessage message) => message.Content.Count == 0 ? ""
        : message.Content is [{ Type: "text", CacheBreakpoint: null } text] ? text.Text ?? ""
        : message.Content.Select(part => ToPart(part, message.Role == "assistant"));

    private static Dictionary<string, object?> ToPart(ChatContent part, bool isAnswer) => part.Type switch
    {
        "text" => PlainMembers.Of(
            ("type", isAnswer ? "output_text" : "input_text"),
            ("text", part.Text ?? ""),
            ("prompt_cache_breakpoint", part.CacheBreakpoint is { } mode ? PlainMembers.Of(("mode", mode)) : null)),
        "refusal" => PlainMembers.Of(("type", "refusal"), ("refusal", part.Text ?? "")),
        "image_url" => PlainMembers.Of(("type", "input_image"), ("image_url", part.Url), ("detail", part.Detail ?? "auto")),
        "file" => PlainMembers.Of(("type", "input_file"), ("file_id", part.FileId), ("filename", part.FileName), ("file_data", part.Data)),
        "input_audio" => throw Failures.Invalid("A message holds sound, which the Responses API does not take.", "Send text, images or PDF files, or use a connection of the dialect OpenAI."),
        _ => throw Failures.Invalid($"A message holds a part of type '{part.Type}', which the Responses API does not know.", "Send text, images or files."),
    };

    private static JsonElement ToElement(Dictionary<string, object?> item) => PlainJson.ToElement(item, Origin)!.Value;
}
