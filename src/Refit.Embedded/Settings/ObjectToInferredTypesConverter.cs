using System.Text.Json;
using System.Text.Json.Serialization;

namespace Refit;

/// <summary>Reads a value of type <see cref="object"/> as what it looks like: a flag, a number, a time or a text, else as a <see cref="JsonElement"/>.</summary>
internal class ObjectToInferredTypesConverter : JsonConverter<object>
{
    /// <inheritdoc />
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long whole) ? whole : reader.GetDouble();
            case JsonTokenType.String:
                return reader.TryGetDateTime(out DateTime time) ? time : reader.GetString();
            default:
                return JsonElement.ParseValue(ref reader);
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));
}
