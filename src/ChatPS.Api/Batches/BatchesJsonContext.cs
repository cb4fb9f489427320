using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Batches;

/// <summary>How the types of batches are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(BatchList))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
public sealed partial class BatchesJsonContext : JsonSerializerContext;
