using System.Text.Json.Serialization;
using ChatPS.Api.Chat;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>How Anthropic's types are written and read: as <see cref="ChatJsonContext"/> does it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(MessagesRequest))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(MessageEvent))]
[JsonSerializable(typeof(MessageTokenCount))]
[JsonSerializable(typeof(MessageBatch))]
[JsonSerializable(typeof(MessageBatchList))]
[JsonSerializable(typeof(ContentBlock[]))]
internal sealed partial class AnthropicJsonContext : JsonSerializerContext;
