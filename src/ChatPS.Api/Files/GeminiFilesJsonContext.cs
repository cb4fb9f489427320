using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>How the types of Gemini's files are written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(GeminiFile))]
[JsonSerializable(typeof(GeminiFileList))]
[JsonSerializable(typeof(GeminiFileRequest))]
public sealed partial class GeminiFilesJsonContext : JsonSerializerContext;
