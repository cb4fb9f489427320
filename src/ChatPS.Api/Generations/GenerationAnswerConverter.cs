using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Api.Generations;

/// <summary>Reads an answer as it is.</summary>
internal sealed class GenerationAnswerConverter : JsonConverter<GenerationAnswer>
{
    /// <inheritdoc />
    public override GenerationAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new() { Root = JsonElement.ParseValue(ref reader) };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, GenerationAnswer value, JsonSerializerOptions options) => value.Root.WriteTo(writer);
}
