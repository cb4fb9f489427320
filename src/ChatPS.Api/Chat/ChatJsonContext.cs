using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>How the types of chat completions are written and read: snake_case, nulls left out, tolerant of numbers in strings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(ChatCompletionResponse))]
[JsonSerializable(typeof(ChatCompletionChunk))]
[JsonSerializable(typeof(MetadataRequest))]
[JsonSerializable(typeof(ChatCompletionList))]
[JsonSerializable(typeof(StoredMessageList))]
[JsonSerializable(typeof(ChatCompletionDeletion))]
[JsonSerializable(typeof(MessageContent))]
[JsonSerializable(typeof(IReadOnlyList<ContentPart>))]
public sealed partial class ChatJsonContext : JsonSerializerContext;
