using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Turns what users give to <c>-Message</c> into messages.</summary>
internal static class MessageConverter
{
    private static readonly string[] Names = ["role", "content", "text", "name", "tool_call_id", "toolcallid", "tool_calls", "toolcalls", "function_call", "refusal", "audio"];

    public static IEnumerable<ChatMessage> Convert(IEnumerable<object?> values) => values.SelectMany(Convert);

    private static IEnumerable<ChatMessage> Convert(object? value)
    {
        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            ChatMessage message => [message],
            ChatCompletion completion => completion.Messages,
            string text => [new ChatMessage("user", text)],
            IDictionary dictionary => [FromMembers(PlainObject.FromDictionary(dictionary))],
            PSObject gone when Deserialized.Is<ChatMessage>(gone) => [Deserialized.ToMessage(gone)],
            PSObject gone when Deserialized.Is<ChatCompletion>(gone) => Deserialized.ToCompletion(gone).Messages,
            PSObject custom => [FromMembers((IReadOnlyDictionary<string, object?>)PlainObject.From(custom)!)],
            IEnumerable items => Convert(items.Cast<object?>()),
            _ => throw Failures.Invalid(
                $"-Message: a value of type {bare?.GetType().Name ?? "null"} is no message.",
                "Give text, @{ role = 'user'; content = '…' }, or what New-ChatMessage makes."),
        };
    }

    private static ChatMessage FromMembers(IReadOnlyDictionary<string, object?> members)
    {
        Dictionary<string, object?> named = new(members.Count, StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> member in members)
        {
            named[member.Key] = Array.Exists(Names, name => string.Equals(name, member.Key, StringComparison.OrdinalIgnoreCase))
                ? member.Value
                : throw Failures.Invalid($"-Message: a message has no '{member.Key}'.", "A message has role, content, name, tool_call_id, tool_calls, function_call, refusal and audio.");
        }

        if (!named.TryGetValue("role", out object? role) || PlainObject.Text(role).Length == 0)
        {
            throw Failures.Invalid("-Message: a message has no role.", "Write @{ role = 'user'; content = '…' }.");
        }

        return new ChatMessage
        {
            Role = PlainObject.Text(role),
            Content = [.. Content(First(named, "content", "text"))],
            Name = First(named, "name") as string,
            ToolCallId = First(named, "tool_call_id", "toolcallid") as string,
            Refusal = First(named, "refusal") as string,
            ToolCalls = [.. ToolCalls(First(named, "tool_calls", "toolcalls")), .. OldCall(First(named, "function_call"))],
            AudioId = First(named, "audio") is IReadOnlyDictionary<string, object?> audio ? Text(audio, "id") : null,
        };
    }

    private static IEnumerable<ChatContent> Content(object? value) => value switch
    {
        null => [],
        string text => [ChatContent.FromText(text)],
        IReadOnlyDictionary<string, object?> part => [Part(part)],
        IEnumerable<object?> parts => parts.SelectMany(Content),
        _ => [ChatContent.FromText(PlainObject.Text(value))],
    };

    private static ChatContent Part(IReadOnlyDictionary<string, object?> part)
    {
        string type = Text(part, "type") ?? "text";
        IReadOnlyDictionary<string, object?>? inner = part.TryGetValue(type, out object? value) ? value as IReadOnlyDictionary<string, object?> : null;
        ChatContent content = type switch
        {
            "text" => ChatContent.FromText(Text(part, "text") ?? ""),
            "refusal" => new ChatContent { Type = type, Text = Text(part, "refusal") },
            "image_url" => new ChatContent { Type = type, Url = value as string ?? Text(inner, "url"), Detail = Text(inner, "detail") },
            "input_audio" => new ChatContent { Type = type, Data = Text(inner, "data"), Format = Text(inner, "format") },
            "file" => new ChatContent { Type = type, Data = Text(inner, "file_data"), FileId = Text(inner, "file_id"), FileName = Text(inner, "filename") },
            _ => throw Failures.Invalid($"-Message: there is no content of type '{type}'.", "Use text, image_url, input_audio, file or refusal."),
        };
        content.CacheBreakpoint = part.TryGetValue("prompt_cache_breakpoint", out object? mark) ? Text(mark as IReadOnlyDictionary<string, object?>, "mode") : null;
        return content;
    }

    private static IEnumerable<ChatToolCall> ToolCalls(object? value)
    {
        foreach (object? item in value as IEnumerable<object?> ?? [])
        {
            if (item is IReadOnlyDictionary<string, object?> call)
            {
                string type = Text(call, "type") ?? "function";
                IReadOnlyDictionary<string, object?>? inner = call.TryGetValue(type, out object? target) ? target as IReadOnlyDictionary<string, object?> : call;
                yield return new ChatToolCall
                {
                    Id = Text(call, "id"),
                    Type = type,
                    Name = Text(inner, "name") ?? "",
                    Arguments = Text(inner, "arguments") ?? Text(inner, "input") ?? "",
                };
            }
        }
    }

    private static IEnumerable<ChatToolCall> OldCall(object? value) => value is IReadOnlyDictionary<string, object?> call
        ? [new ChatToolCall { Type = "function_call", Name = Text(call, "name") ?? "", Arguments = Text(call, "arguments") ?? "" }]
        : [];

    private static object? First(Dictionary<string, object?> members, params string[] names)
    {
        string? name = Array.Find(names, members.ContainsKey);
        return name is null ? null : members[name];
    }

    private static string? Text(IReadOnlyDictionary<string, object?>? members, string name) =>
        members?.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value is { } value ? PlainObject.Text(value) : null;
}
