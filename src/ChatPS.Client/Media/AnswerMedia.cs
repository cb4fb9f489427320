using System.Text.Json;
using ChatPS.Client.Files;
using ChatPS.Client.Json;

namespace ChatPS.Client.Media;

/// <summary>The pictures, sounds and files of answers, wherever a service has put them. Nothing is fetched.</summary>
public static class AnswerMedia
{
    /// <summary>Finds those of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>Each once, in their order.</returns>
    public static IReadOnlyList<ChatMedia> Of(ChatCompletion answer)
    {
        MediaList media = new(answer.Connection, answer.Input, answer.Index, answer.Input as string ?? "");
        foreach (ChatBuiltInCall call in answer.BuiltInCalls)
        {
            if (call.Data is { Length: > 0 } data)
            {
                media.AddData(data, LinkScanner.KindOfType(FileKind.Of(data)?.MediaType), type: null, call.Input);
            }
        }

        AddOfRaw(answer.Raw, media);
        foreach (ChatChoice choice in answer.Choices)
        {
            AddOf(choice.Message, media, answer.BuiltInCalls.Length == 0);
        }

        return media.Items;
    }

    /// <summary>Finds those of a message, such as one of a session.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Each once, in their order.</returns>
    public static IReadOnlyList<ChatMedia> Of(ChatMessage message)
    {
        MediaList media = new(connection: null, input: null, index: 0, prompt: "");
        AddOf(message, media, withCalls: true);
        return media.Items;
    }

    private static void AddOf(ChatMessage message, MediaList media, bool withCalls)
    {
        foreach (ChatContent part in message.Content)
        {
            AddPart(part, media);
        }

        if (message.Audio is { Length: > 0 } audio)
        {
            media.AddData(audio.Data, "audio", audio.Format is "pcm16" ? "audio/pcm" : null, audio.Transcript);
        }

        foreach (ChatCitation citation in message.Citations)
        {
            if (citation is { FileId: { Length: > 0 } id, Url: null })
            {
                media.AddFile(id, citation.Title);
            }
        }

        if (message is { Raw: { } raw, RawDialect: not null } && JsonMembers.TryParse(raw) is { } json)
        {
            AddOfItems(json, media, withCalls);
        }
    }

    private static void AddPart(ChatContent part, MediaList media)
    {
        switch (part.Type)
        {
            case "image_url" when part.Url is { } url:
                media.AddAddress(url, "image", label: null);
                break;
            case "input_audio" when part.Data is { } sound && DataAddress.Decode(sound) is { } bytes:
                media.AddData(bytes, "audio", type: null, label: null);
                break;
            case "file" when part.Data is { } address:
                media.AddAddress(address, LinkScanner.KindOf(address) ?? "file", part.FileName);
                break;
            case "file" when part.FileId is { } id:
                media.AddFile(id, part.FileName);
                break;
            default:
                foreach ((string url, string label, string kind) in LinkScanner.Find(part.Text ?? ""))
                {
                    media.AddAddress(url, kind, label);
                }

                break;
        }
    }

    // Beside the text, OpenRouter has pictures in a member of their own, whole or in the events of a stream.
    private static void AddOfRaw(string raw, MediaList media)
    {
        if (!raw.Contains("\"images\"", StringComparison.Ordinal))
        {
            return;
        }

        foreach (string line in JsonMembers.TryParse(raw) is null ? raw.Split('\n') : [raw])
        {
            if (JsonMembers.TryParse(line) is not { } json || json.ArrayOf("choices") is not { } choices)
            {
                continue;
            }

            foreach (JsonElement choice in choices.EnumerateArray())
            {
                AddImages(choice.ObjectOf("message") ?? choice.ObjectOf("delta"), media);
            }
        }
    }

    private static void AddImages(JsonElement? message, MediaList media)
    {
        foreach (JsonElement image in message?.ArrayOf("images")?.EnumerateArray() ?? default)
        {
            if ((image.ObjectOf("image_url")?.TextOf("url") ?? image.TextOf("image_url") ?? image.TextOf("url")) is { } url)
            {
                media.AddAddress(url, "image", label: null);
            }
        }
    }

    // What a message keeps in its dialect's own form: pictures of OpenRouter, files of Gemini, pictures of Responses.
    private static void AddOfItems(JsonElement json, MediaList media, bool withCalls)
    {
        AddImages(json, media);
        foreach (JsonElement item in json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : default)
        {
            if (item.ObjectOf("fileData") is { } file && file.TextOf("fileUri") is { } uri)
            {
                media.AddAddress(uri, LinkScanner.KindOfType(file.TextOf("mimeType")), label: null);
            }

            if (withCalls && item.TextOf("type") == "image_generation_call" && item.TextOf("result") is { } result && DataAddress.Decode(result) is { } data)
            {
                media.AddData(data, "image", type: null, item.TextOf("revised_prompt"));
            }
        }
    }
}
