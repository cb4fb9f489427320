using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Text;

/// <summary>How the types of text completions are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(CompletionResponse))]
public sealed partial class TextJsonContext : JsonSerializerContext;
