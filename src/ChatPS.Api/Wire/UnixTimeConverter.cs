using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Api.Wire;

/// <summary>
/// Seconds since 1970 as vendors write them: a whole number, one with a fraction, a string of either, or a date in
/// ISO 8601. A time that cannot be read is no reason to lose an answer: it is null.
/// </summary>
internal sealed class UnixTimeConverter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds))
        {
            return seconds;
        }

        if (LenientNumber.TryRead(ref reader, out var value))
        {
            return value is > long.MinValue and < long.MaxValue ? (long)value : null;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            return DateTimeOffset.TryParse(JsonText.Read(ref reader), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUnixTimeSeconds()
                : null;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } seconds)
        {
            writer.WriteNumberValue(seconds);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
