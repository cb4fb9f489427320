using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Rerank;

/// <summary>How the types of reranking are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(RerankRequest))]
[JsonSerializable(typeof(RerankResponse))]
public sealed partial class RerankJsonContext : JsonSerializerContext;
