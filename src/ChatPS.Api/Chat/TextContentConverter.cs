using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The text of an answer; where a vendor sends a list of parts, their texts joined. Other parts remain in the raw JSON.</summary>
internal sealed class TextContentConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return JsonText.Read(ref reader);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        return TextParts.Read(document.RootElement).Text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
