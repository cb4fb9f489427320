using System.Text.Json.Serialization;

namespace ChatPS.Api.Chat;

/// <summary>The content of a message that is sent: a text, or a list of parts.</summary>
[JsonConverter(typeof(MessageContentConverter))]
public sealed class MessageContent
{
    /// <summary>Makes a content of one text.</summary>
    public MessageContent(string text) => Text = text;

    /// <summary>Makes a content of parts.</summary>
    public MessageContent(IReadOnlyList<ContentPart> parts) => Parts = parts;

    /// <summary>The text, or null if the content is a list of parts.</summary>
    public string? Text { get; }

    /// <summary>The parts, or null if the content is a text.</summary>
    public IReadOnlyList<ContentPart>? Parts { get; }
}
