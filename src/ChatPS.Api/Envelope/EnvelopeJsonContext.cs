using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Envelope;

/// <summary>How the types of the envelope are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(EnvelopeRequest))]
[JsonSerializable(typeof(EnvelopeResponse))]
public sealed partial class EnvelopeJsonContext : JsonSerializerContext;
