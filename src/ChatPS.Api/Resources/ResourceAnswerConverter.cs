using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Api.Resources;

/// <summary>Reads an answer as it is.</summary>
internal sealed class ResourceAnswerConverter : JsonConverter<ResourceAnswer>
{
    /// <inheritdoc />
    public override ResourceAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new() { Root = JsonElement.ParseValue(ref reader) };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ResourceAnswer value, JsonSerializerOptions options) => value.Root.WriteTo(writer);
}
