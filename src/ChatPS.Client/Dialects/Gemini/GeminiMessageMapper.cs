using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Gemini;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Writes messages as Gemini takes them.</summary>
internal static class GeminiMessageMapper
{
    // Gemini need not give its calls ids; those that were made up here are not told to it.
    private const string MadeUpId = "gemini-call-";

    private static readonly Dictionary<string, string> TypesByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".gif"] = "image/gif",
        [".heic"] = "image/heic",
        [".pdf"] = "application/pdf",
        [".txt"] = "text/plain",
        [".md"] = "text/markdown",
        [".csv"] = "text/csv",
        [".mp3"] = "audio/mp3",
        [".wav"] = "audio/wav",
        [".mp4"] = "video/mp4",
    };

    /// <summary>Makes an id for a call that came without.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="place">The place of the call in the answer.</param>
    /// <returns>The id, the same whenever the answer is read.</returns>
    public static string MakeId(ChatRequest request, int place) => FormattableString.Invariant($"{MadeUpId}{request.Messages.Count}-{place + 1}");

    /// <summary>Puts the system's messages together: Gemini has one place for them.</summary>
    /// <param name="messages">All messages.</param>
    /// <returns>The instruction; null where there is none.</returns>
    public static GeminiContent? ToInstruction(IEnumerable<ChatMessage> messages)
    {
        GeminiPart[] parts = [.. messages.Where(IsSystem).SelectMany(message => message.Content).Select(ToPart)];
        return parts.Length > 0 ? new GeminiContent { Parts = parts } : null;
    }

    /// <summary>Writes the conversation.</summary>
    /// <param name="messages">All messages.</param>
    /// <returns>The turns.</returns>
    /// <exception cref="ChatServiceException">A message has no place in it.</exception>
    public static List<GeminiContent> ToContents(IReadOnlyList<ChatMessage> messages)
    {
        List<GeminiContent> contents = [];
        List<GeminiPart>? answers = null;
        for (int i = 0; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            if (IsSystem(message))
            {
                continue;
            }

            if (message.Role is "tool" or "function")
            {
                // The answers to calls that were made at once stand in one turn.
                if (answers is null)
                {
                    contents.Add(new GeminiContent { Role = "user", Parts = answers = [] });
                }

                answers.Add(new GeminiPart { FunctionResponse = ToResponse(message, messages.Take(i)) });
                continue;
            }

            answers = null;
            List<GeminiPart> parts = message.Role == "assistant" ? ToAnswer(message) : [.. message.Content.Where(IsSaid).Select(ToPart)];
            if (parts.Count > 0)
            {
                contents.Add(new GeminiContent { Role = message.Role == "assistant" ? "model" : "user", Parts = parts });
            }
        }

        return contents.Count > 0 ? contents : throw Failures.Invalid("The conversation holds nothing but instructions of the system, which Gemini does not answer.", "Give -Prompt or a message of the user.");
    }

    private static bool IsSystem(ChatMessage message) => message.Role is "system" or "developer";

    // Text without a character is refused.
    private static bool IsSaid(ChatContent part) => part.Type is not ("text" or "refusal") || part.Text is { Length: > 0 };

    /// <summary>Writes an answer as it came, or as it reads.</summary>
    /// <param name="message">A message of the assistant.</param>
    /// <returns>Its parts.</returns>
    public static List<GeminiPart> ToAnswer(ChatMessage message)
    {
        if (message is { RawDialect: GeminiDialect.DialectName, Raw: { } raw })
        {
            try
            {
                return WireJson.Read<List<GeminiPart>>(raw, GeminiJsonContext.Default);
            }
            catch (WireFormatException exception)
            {
                throw Failures.Invalid($"The member Raw of a message of the assistant holds no parts of Gemini: {exception.Message}", "Set Raw to null to send the message's text and calls.", exception);
            }
        }

        return [.. message.Content.Where(IsSaid).Select(ToPart), .. message.ToolCalls.Select(call => new GeminiPart { FunctionCall = ToCall(call) })];
    }

    private static GeminiFunctionCall ToCall(ChatToolCall call) => new() { Id = IdOf(call.Id), Name = call.Name, Args = ToObject(call.Arguments, "input") };

    private static GeminiFunctionResponse ToResponse(ChatMessage message, IEnumerable<ChatMessage> before)
    {
        string name = before.Reverse().SelectMany(earlier => earlier.ToolCalls).FirstOrDefault(call => call.Id == message.ToolCallId && message.ToolCallId is not null)?.Name
            ?? message.Name
            ?? throw Failures.Invalid(
                $"A message of role '{message.Role}' answers the call '{message.ToolCallId}', which no message before it makes.", "Send the assistant's message with the call before its answer.");
        GeminiPart[] media = [.. message.Content.Where(part => part.Type is not ("text" or "refusal")).Select(ToPart)];
        return new GeminiFunctionResponse { Id = IdOf(message.ToolCallId), Name = name, Response = ToObject(message.Text, "output"), Parts = media.Length > 0 ? media : null };
    }

    private static string? IdOf(string? id) => id?.StartsWith(MadeUpId, StringComparison.Ordinal) == true ? null : id;

    // Arguments and answers must be objects.
    private static JsonElement? ToObject(string text, string name)
    {
        JsonElement? value = JsonMembers.TryParse(text);
        return value is { ValueKind: JsonValueKind.Object }
            ? value
            : PlainJson.ToElement(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = value is { ValueKind: JsonValueKind.Array } list ? list : text }, "-Message");
    }

    private static GeminiPart ToPart(ChatContent part) => part.Type switch
    {
        "text" or "refusal" => new GeminiPart { Text = part.Text ?? "" },
        "image_url" when part.Detail is not (null or "auto") => throw Failures.Invalid(
            $"-ImageDetail {part.Detail}: services of the dialect {GeminiDialect.DialectName} choose themselves how closely to look.", "Leave out -ImageDetail, or send a smaller image."),
        "image_url" when part.Url is { } url => ToMedia(url, url),
        "input_audio" when part.Data is { } data => new GeminiPart { InlineData = new GeminiBlob { MimeType = "audio/" + (part.Format ?? "wav"), Data = data } },
        "file" when part.Data is { } data => ToMedia(data, part.FileName),
        "file" when part.FileId is { } id => ToMedia(id, part.FileName),
        _ => throw Failures.Invalid($"-Message: a part of type '{part.Type}' holds nothing that can be sent to Gemini.", "Give text, an image, sound or a file."),
    };

    private static GeminiPart ToMedia(string address, string? name)
    {
        if (!address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return new GeminiPart { FileData = new GeminiFileData { MimeType = TypeOf(name), FileUri = address } };
        }

        int comma = address.IndexOf(',');
        string[] head = address.Substring("data:".Length, Math.Max(comma, "data:".Length) - "data:".Length).Split(';');
        return comma > 0 && head[0].Length > 0 && Array.Exists(head, word => word.Equals("base64", StringComparison.OrdinalIgnoreCase))
            ? new GeminiPart { InlineData = new GeminiBlob { MimeType = head[0], Data = address.Substring(comma + 1) } }
            : throw Failures.Invalid("-Message: a data: address names no type, or its data is not in base64.", "Write it like data:image/png;base64,iVBORw0KGgo=.");
    }

    private static string? TypeOf(string? name)
    {
        string path = name is null ? "" : name.Split('?', '#')[0];
        int dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') && TypesByExtension.TryGetValue(path.Substring(dot), out string? type) ? type : null;
    }
}
