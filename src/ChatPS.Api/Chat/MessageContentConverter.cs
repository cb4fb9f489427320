using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>Writes a text as a string and parts as an array, and reads either.</summary>
internal sealed class MessageContentConverter : JsonConverter<MessageContent>
{
    public override MessageContent? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray
            ? new MessageContent(JsonSerializer.Deserialize(ref reader, ChatJsonContext.Default.IReadOnlyListContentPart)!)
            : new MessageContent(JsonText.Read(ref reader) ?? "");

    public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options)
    {
        if (value.Parts is { } parts)
        {
            JsonSerializer.Serialize(writer, parts, ChatJsonContext.Default.IReadOnlyListContentPart);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
