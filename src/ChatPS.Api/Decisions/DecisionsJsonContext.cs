using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Decisions;

/// <summary>How the types of decisions are written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(DecisionResponse))]
public sealed partial class DecisionsJsonContext : JsonSerializerContext;
