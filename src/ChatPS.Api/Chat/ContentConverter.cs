using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The content of an answer: text as a string, a list of parts as <see cref="TextParts"/>.</summary>
internal sealed class ContentConverter : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return JsonText.Read(ref reader);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        return TextParts.Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => writer.WriteStringValue((string)value);
}
