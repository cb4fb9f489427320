using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Embeddings;

/// <summary>How the types of embeddings are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(EmbeddingsRequest))]
[JsonSerializable(typeof(CohereEmbedRequest))]
[JsonSerializable(typeof(OllamaEmbedRequest))]
[JsonSerializable(typeof(GeminiEmbedRequest))]
[JsonSerializable(typeof(EmbeddingsResponse))]
public sealed partial class EmbeddingsJsonContext : JsonSerializerContext;
