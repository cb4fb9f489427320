using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>How the types of pictures are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(ImageGenerationRequest))]
[JsonSerializable(typeof(ImageResponse))]
[JsonSerializable(typeof(ImageEvent))]
[JsonSerializable(typeof(IdeogramRequest))]
[JsonSerializable(typeof(IdeogramSettings))]
[JsonSerializable(typeof(StabilityRequest))]
[JsonSerializable(typeof(StabilityResponse))]
public sealed partial class ImagesJsonContext : JsonSerializerContext;
