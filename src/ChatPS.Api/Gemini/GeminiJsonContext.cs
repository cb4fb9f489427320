using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>How the types of Gemini's wire are written and read: camelCase, nulls left out, tolerant of numbers in strings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(GeminiRequest))]
[JsonSerializable(typeof(GeminiResponse))]
[JsonSerializable(typeof(GeminiCountRequest))]
[JsonSerializable(typeof(GeminiTokenCount))]
[JsonSerializable(typeof(GeminiModelList))]
[JsonSerializable(typeof(GeminiModel))]
[JsonSerializable(typeof(List<GeminiPart>))]
[JsonSerializable(typeof(GeminiGroundingMetadata))]
[JsonSerializable(typeof(GeminiUrlContextMetadata))]
[JsonSerializable(typeof(GeminiFile))]
[JsonSerializable(typeof(GeminiFileList))]
[JsonSerializable(typeof(GeminiFileRequest))]
public sealed partial class GeminiJsonContext : JsonSerializerContext;
