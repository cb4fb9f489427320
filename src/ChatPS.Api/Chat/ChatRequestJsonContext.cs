using System.Text.Json.Serialization;

namespace ChatPS.Api.Chat;

/// <summary>
/// How a chat request is written: by generated code, member by member, without a description of the types at run time. There
/// is such code only where a context has no converters and a type keeps no unknown members.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatCompletionRequest), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(MetadataRequest), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ToolCall), GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(FunctionCall), GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CustomToolCall), GenerationMode = JsonSourceGenerationMode.Metadata)]
public sealed partial class ChatRequestJsonContext : JsonSerializerContext;
