using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>How the types of the Responses API are written and read: like those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(ResponseRequest))]
[JsonSerializable(typeof(Response))]
[JsonSerializable(typeof(ResponseEvent))]
[JsonSerializable(typeof(OutputItem))]
[JsonSerializable(typeof(IReadOnlyList<OutputPart>))]
[JsonSerializable(typeof(ResponseItemList))]
[JsonSerializable(typeof(ResponseDeletion))]
[JsonSerializable(typeof(InputTokenCount))]
internal sealed partial class OpenAIResponsesJsonContext : JsonSerializerContext;
