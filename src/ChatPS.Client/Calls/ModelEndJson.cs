using System.Text.Json.Serialization;

namespace ChatPS.Client.Calls;

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(List<ModelEnd>))]
internal sealed partial class ModelEndJson : JsonSerializerContext;
