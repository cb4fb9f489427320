using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Client.Json;

/// <summary>An address with its scheme.</summary>
internal sealed class AddressConverter : JsonConverter<Uri>
{
    public override Uri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options) => writer.WriteStringValue(value.AbsoluteUri);
}
