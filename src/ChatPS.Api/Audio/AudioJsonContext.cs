using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>How the types of speech and transcripts are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(SpeechRequest))]
[JsonSerializable(typeof(SpeechEvent))]
[JsonSerializable(typeof(TranscriptionResponse))]
[JsonSerializable(typeof(TranscriptionEvent))]
public sealed partial class AudioJsonContext : JsonSerializerContext;
