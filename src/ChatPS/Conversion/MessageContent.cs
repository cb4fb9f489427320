using System.Globalization;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Reads the content of a message: text, parts in the service's form or in that of <see cref="ChatContent"/>, or data, which becomes JSON.</summary>
internal static class MessageContent
{
    private static readonly string[] Types = ["text", "image_url", "input_audio", "file", "refusal"];

    /// <summary>Reads the content.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isOutput">Whether it is a tool's output, which may be data of any form.</param>
    /// <param name="where">Where the message stands, for the error.</param>
    /// <returns>The parts in their order.</returns>
    /// <exception cref="ChatServiceException">Something in it has no place.</exception>
    public static List<ChatContent> Read(Members message, bool isOutput, string where)
    {
        List<ChatContent> content = [];
        Add(content, message.Take("content"), isOutput, where + ".content");

        // Messages of ours that were written to a file have their text besides.
        string? text = message.TakeText("text");
        if (content.Count == 0 && text is not null)
        {
            content.Add(ChatContent.FromText(text));
        }
        else if (!string.IsNullOrEmpty(text) && text != string.Concat(content.Select(part => part.Text)))
        {
            throw Failures.Invalid($"{where}: content and text were given together, and they say different things.", "Leave out one of the two.");
        }

        return content;
    }

    private static void Add(List<ChatContent> content, object? value, bool isOutput, string where)
    {
        if (value is List<object?> items && (items.Exists(item => IsPart(item, isOutput)) || items.TrueForAll(item => item is null or string)))
        {
            for (int place = 0; place < items.Count; place++)
            {
                AddPart(content, items[place], isOutput, string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", where, place));
            }
        }
        else
        {
            AddPart(content, value, isOutput, where);
        }
    }

    private static void AddPart(List<ChatContent> content, object? value, bool isOutput, string where)
    {
        if (IsPart(value, isOutput))
        {
            content.Add(Part((IReadOnlyDictionary<string, object?>)value!, where));
        }
        else if (Members.Text(value, where) is { } text)
        {
            content.Add(ChatContent.FromText(text));
        }
    }

    // What a tool gave may well have a type that is none of these.
    private static bool IsPart(object? value, bool isOutput)
    {
        if (value is not IReadOnlyDictionary<string, object?> source)
        {
            return false;
        }

        Members part = new(source, "");
        return part.Take("type") is string type ? !isOutput || Array.IndexOf(Types, type) >= 0 : source.Count == 1 && part.Take("text") is string;
    }

    private static ChatContent Part(IReadOnlyDictionary<string, object?> source, string where)
    {
        Members part = new(source, where);
        string type = part.TakeText("type") ?? "text";
        ChatContent content = type switch
        {
            "text" => ChatContent.FromText(part.TakeText("text") ?? ""),
            "refusal" => new ChatContent { Type = type, Text = part.TakeText("refusal") ?? part.TakeText("text") },
            _ when Array.IndexOf(Types, type) < 0 => throw Failures.Invalid($"{where}: there is no content of type '{type}'.", $"Use {string.Join(", ", Types)}."),
            _ => Media(part, type, where),
        };
        content.FileName ??= part.TakeText("file_name");
        content.CacheBreakpoint = part.TakeText("cache_breakpoint") ?? part.TakeMembers("prompt_cache_breakpoint")?.TakeText("mode");
        part.RefuseRest($"content of type {type}", "Leave it out, or check its spelling.");
        return content;
    }

    // The service nests what it is; our own form does not.
    private static ChatContent Media(Members part, string type, string where)
    {
        object? value = part.Take(type);
        Members media = value is IReadOnlyDictionary<string, object?> inner ? new Members(inner, $"{where}.{type}") : part;
        ChatContent content = type switch
        {
            "image_url" => new ChatContent { Type = type, Url = ReferenceEquals(media, part) ? Members.Text(value, where) ?? part.TakeText("url") : media.TakeText("url"), Detail = media.TakeText("detail") },
            "input_audio" => new ChatContent { Type = type, Data = media.TakeText("data"), Format = media.TakeText("format") },
            _ => new ChatContent { Type = type, Data = media.TakeText("file_data") ?? media.TakeText("data"), FileId = media.TakeText("file_id"), FileName = media.TakeText("filename") },
        };
        if (!ReferenceEquals(media, part))
        {
            media.RefuseRest(type, "Leave it out, or check its spelling.");
        }

        return string.IsNullOrEmpty(content.Url ?? content.Data ?? content.FileId)
            ? throw Failures.Invalid($"{where}: the content of type {type} is empty.", "Give it what it is about, or let New-ChatMessage make it.")
            : content;
    }
}
