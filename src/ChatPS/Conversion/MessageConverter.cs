using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Turns what users give to <c>-Message</c> into messages. Nothing of it is lost: what has no place is an error that names it.</summary>
internal static class MessageConverter
{
    private const string Known = "A message has role, content, name, tool_call_id, tool_calls, function_call, refusal, reasoning and audio. What else a service takes goes with -AdditionalBody @{ messages = … }, whole.";

    public static IReadOnlyList<ChatMessage> Convert(IEnumerable<object?> values)
    {
        List<ChatMessage> messages = [];
        Add(messages, values);
        return messages;
    }

    private static void Add(List<ChatMessage> messages, IEnumerable values)
    {
        foreach (object? value in values)
        {
            string where = string.Format(CultureInfo.InvariantCulture, "-Message[{0}]", messages.Count);
            object? bare = Bare.Of(value);
            switch (bare)
            {
                case ChatMessage message: messages.Add(message); break;
                case ChatCompletion completion: messages.AddRange(completion.Messages); break;
                case string text: messages.Add(new ChatMessage("user", text)); break;
                case PSObject gone when Deserialized.Is<ChatMessage>(gone): messages.Add(Deserialized.ToMessage(gone)); break;
                case PSObject gone when Deserialized.Is<ChatCompletion>(gone): messages.AddRange(Deserialized.ToCompletion(gone).Messages); break;
                case not null when PlainObject.IsNull(bare): throw NoMessage("null", where);
                case IDictionary or PSObject: messages.Add(FromPlain(value, where)); break;
                case not null when JsonTree.Is(bare): AddTree(messages, bare, where); break;
                case IEnumerable items: Add(messages, items); break;
                default: throw NoMessage(bare?.GetType().Name ?? "null", where);
            }
        }
    }

    // Of the libraries that read JSON: one message, or a list of them.
    private static void AddTree(List<ChatMessage> messages, object tree, string where)
    {
        if (PlainObject.From(tree, where) is List<object?> items)
        {
            Add(messages, items);
        }
        else
        {
            messages.Add(FromPlain(tree, where));
        }
    }

    private static ChatServiceException NoMessage(string type, string where) => Failures.Invalid(
        $"{where}: a value of type {type} is no message.", "Give text, @{ role = 'user'; content = '…' }, or what New-ChatMessage makes.");

    private static ChatMessage FromPlain(object? value, string where) => ItemMember.TryRead(value, "content", out object? content) && Bare.Of(content) is FileSystemInfo file
        ? throw Failures.Invalid($"{where}: the content is '{file.Name}', a file or a folder.", "Let New-ChatMessage -File, -Image or -Audio make the message, or give the text of Get-Content -Raw.")
        : FromMembers(new Members(PlainObject.From(value, where) as IReadOnlyDictionary<string, object?> ?? throw NoMessage("null", where), where), where);

    private static ChatMessage FromMembers(Members members, string where)
    {
        string? role = members.TakeText("role");
        if (string.IsNullOrEmpty(role))
        {
            throw Failures.Invalid($"{where}: the message has no role.", "Write @{ role = 'user'; content = '…' }.");
        }

        ChatMessage message = new()
        {
            Role = role!,
            Content = MessageContent.Read(members, role is "tool" or "function", where),
            Name = members.TakeText("name"),
            ToolCallId = members.TakeText("tool_call_id"),
            Refusal = members.TakeText("refusal"),
            Commentary = members.TakeText("commentary"),
            ToolCalls = MessageToolCalls.Read(members, where, out List<object?> extras),
            AudioId = members.TakeText("audio_id") ?? AudioId(members, where),
            Raw = members.TakeText("raw"),
            RawDialect = members.TakeText("raw_dialect"),
        };

        MessageReasoning.Read(members, message, extras, where);

        // What an answer rests on is not said again to the service.
        _ = members.Take("citations");
        _ = members.Take("annotations");
        members.RefuseRest("a message", Known);
        return message;
    }

    // Of a spoken answer the service wants its id back, not the sound.
    private static string? AudioId(Members members, string where) => members.Take("audio") switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> audio => new Members(audio, where + ".audio").TakeText("id")
            ?? throw Failures.Invalid($"{where}: audio has no id.", "Write audio = @{ id = '…' }."),
        var id => Members.Text(id, where),
    };
}
