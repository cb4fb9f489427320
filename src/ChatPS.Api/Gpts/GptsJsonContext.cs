using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Gpts;

/// <summary>How the types of the store of GPTs are read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(GptSearchResponse))]
[JsonSerializable(typeof(GptResponse))]
public sealed partial class GptsJsonContext : JsonSerializerContext;
