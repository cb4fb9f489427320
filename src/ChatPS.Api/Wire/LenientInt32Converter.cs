using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Api.Wire;

/// <summary>Whole numbers as vendors write them: <c>7</c>, <c>7.0</c>, <c>"7"</c>.</summary>
internal sealed class LenientInt32Converter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            return number;
        }

        if (LenientNumber.TryRead(ref reader, out var value) && value is >= int.MinValue and <= int.MaxValue)
        {
            return (int)value;
        }

        throw new JsonException("A whole number was expected.");
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
