using System.Text;
using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Anthropic;
using ChatPS.Api.Wire;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Writes the parts of messages as Anthropic's blocks.</summary>
internal static class AnthropicContentMapper
{
    /// <summary>Makes the mark for what the service caches.</summary>
    /// <param name="mode">How long, in the service's word; a word of other services means as long as is usual.</param>
    /// <returns>The mark.</returns>
    public static CacheControl Cached(string mode) => new() { Type = "ephemeral", Ttl = mode is "explicit" or "implicit" or "auto" or "ephemeral" or "in_memory" ? null : mode };

    /// <summary>Writes instructions.</summary>
    /// <param name="message">A message of role system or developer.</param>
    /// <returns>Its texts.</returns>
    public static IEnumerable<ContentBlock> Instructions(ChatMessage message) => message.Content.FirstOrDefault(part => part.Type != "text") is { } other
        ? throw Failures.Invalid($"A message of role '{message.Role}' holds a part of type '{other.Type}'; instructions are text.", "Put it into a message of role user.")
        : ToBlocks(message.Content);

    /// <summary>Writes parts; empty texts, which the service refuses, are left out.</summary>
    /// <param name="parts">The parts.</param>
    /// <returns>The blocks.</returns>
    public static IEnumerable<ContentBlock> ToBlocks(IEnumerable<ChatContent> parts)
    {
        foreach (ChatContent part in parts.Where(part => part.Type is not ("text" or "refusal") || !string.IsNullOrEmpty(part.Text)))
        {
            ContentBlock block = ToBlock(part);
            block.CacheControl = part.CacheBreakpoint is { } mode ? Cached(mode) : null;
            yield return block;
        }
    }

    /// <summary>Writes blocks as JSON.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <returns>A list.</returns>
    public static JsonElement ToElement(IEnumerable<ContentBlock> blocks)
    {
        ArraySegment<byte> json = WireJson.Write(blocks.ToArray(), AnthropicJsonContext.Default);
        Utf8JsonReader reader = new(json);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Writes the arguments of a call. The service takes nothing but an object.</summary>
    /// <param name="arguments">What the model wrote, which may be anything.</param>
    /// <returns>An object.</returns>
    public static JsonElement ToInput(string arguments)
    {
        using JsonDocument? document = PlainJsonReader.Parse(arguments.Length == 0 ? "{}" : arguments, out _);
        return document is { RootElement.ValueKind: JsonValueKind.Object } ? document.RootElement.Clone() : Wrap(arguments);
    }

    /// <summary>The same for arguments that are JSON, or text that should have become it.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>An object.</returns>
    public static JsonElement ToInput(JsonElement? arguments) => arguments switch
    {
        { ValueKind: JsonValueKind.Object } value => value,
        { ValueKind: JsonValueKind.String } text => Wrap(JsonText.Read(text)!),
        _ => ToInput(""),
    };

    private static JsonElement Wrap(string text) => Element(("input", text));

    private static ContentBlock ToBlock(ChatContent part) => part switch
    {
        { Type: "text" or "refusal" } => new ContentBlock { Type = "text", Text = part.Text },
        { Type: "image_url", Detail: not (null or "auto") } =>
            throw Failures.Invalid($"-ImageDetail {part.Detail}: services of the dialect {AnthropicDialect.DialectName} choose themselves how closely to look.", "Leave out -ImageDetail, or send a smaller image."),
        { Type: "image_url", Url: { Length: > 0 } address } => new ContentBlock { Type = "image", Source = IsData(address) ? Inline(address) : Element(("type", "url"), ("url", address)) },
        { Type: "file", FileId: { Length: > 0 } id } => new ContentBlock { Type = "document", Source = Element(("type", "file"), ("file_id", id)) },
        { Type: "file", Data: { Length: > 0 } data } when IsData(data) => Document(data, part.FileName),
        _ => throw Failures.Invalid(
            $"A part of type '{part.Type}'{(part.FileName is { } name ? $" ('{name}')" : "")}: services of the dialect {AnthropicDialect.DialectName} take text, images, PDF and text files.",
            "Send what it says as text; Invoke-ChatCompletion -Attachment makes text of sound where another connection has a model that hears."),
    };

    private static ContentBlock Document(string address, string? name)
    {
        string type = Split(address).Type;
        return type switch
        {
            "application/pdf" => new ContentBlock { Type = "document", Source = Inline(address), Title = name },
            _ when type.StartsWith("image/", StringComparison.Ordinal) => new ContentBlock { Type = "image", Source = Inline(address) },
            _ when type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/xml" => new ContentBlock
            {
                Type = "document",
                Source = Element(("type", "text"), ("media_type", "text/plain"), ("data", Encoding.UTF8.GetString(Bytes(address)).TrimStart('\uFEFF'))),
                Title = name,
            },
            _ => throw Failures.Invalid(
                $"The file '{name}' is of type {type}; services of the dialect {AnthropicDialect.DialectName} take PDF, text and images.", "Convert the file to PDF or text first."),
        };
    }

    private static bool IsData(string address) => address.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static JsonElement Inline(string address)
    {
        (string type, bool isBase64, string data) = Split(address);
        return Element(("type", "base64"), ("media_type", type), ("data", isBase64 ? data : Convert.ToBase64String(Bytes(address))));
    }

    private static (string Type, bool IsBase64, string Data) Split(string address)
    {
        int comma = address.IndexOf(',');
        string[] head = comma < 0 ? [] : address.Substring("data:".Length, comma - "data:".Length).Split(';');
        return head is [{ Length: > 0 } type, ..]
            ? (type.Trim().ToLowerInvariant(), head.Contains("base64", StringComparer.OrdinalIgnoreCase), address.Substring(comma + 1))
            : throw Failures.Invalid("The data: address of an image or a file does not say what it holds.", "Write it like data:image/png;base64,iVBOR….");
    }

    private static byte[] Bytes(string address)
    {
        (_, bool isBase64, string data) = Split(address);
        try
        {
            return isBase64 ? Convert.FromBase64String(data) : Encoding.UTF8.GetBytes(Uri.UnescapeDataString(data));
        }
        catch (FormatException exception)
        {
            throw Failures.Invalid("The data: address of a file is no base64.", "Let -Attachment or New-ChatMessage -File read the file.", exception);
        }
    }

    private static JsonElement Element(params (string Name, string Value)[] members) =>
        PlainJson.ToElement(members.ToDictionary(member => member.Name, member => (object?)member.Value, StringComparer.Ordinal), "-Message")!.Value;
}
