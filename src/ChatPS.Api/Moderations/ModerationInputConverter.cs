using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Moderations;

/// <summary>Writes one text as a string, several as an array of strings, parts as an array of objects, and reads any of them.</summary>
internal sealed class ModerationInputConverter : JsonConverter<ModerationInput>
{
    public override ModerationInput? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return new ModerationInput([JsonText.Read(ref reader) ?? ""]);
        }

        var second = reader;
        second.Read();
        return second.TokenType == JsonTokenType.StartObject
            ? new ModerationInput(JsonSerializer.Deserialize(ref reader, ModerationsJsonContext.Default.IReadOnlyListContentPart)!)
            : new ModerationInput(JsonSerializer.Deserialize(ref reader, ModerationsJsonContext.Default.IReadOnlyListString)!);
    }

    public override void Write(Utf8JsonWriter writer, ModerationInput value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case { Parts: { } parts }:
                JsonSerializer.Serialize(writer, parts, ModerationsJsonContext.Default.IReadOnlyListContentPart);
                break;
            case { Texts: { Count: 1 } texts }:
                writer.WriteStringValue(texts[0]);
                break;
            default:
                JsonSerializer.Serialize(writer, value.Texts!, ModerationsJsonContext.Default.IReadOnlyListString);
                break;
        }
    }
}
