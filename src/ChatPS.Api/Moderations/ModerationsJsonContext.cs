using System.Text.Json.Serialization;
using ChatPS.Api.Chat;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Moderations;

/// <summary>How the types of moderations are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(ModerationRequest))]
[JsonSerializable(typeof(ModerationResponse))]
[JsonSerializable(typeof(ModerationInput))]
[JsonSerializable(typeof(IReadOnlyList<ContentPart>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
public sealed partial class ModerationsJsonContext : JsonSerializerContext;
