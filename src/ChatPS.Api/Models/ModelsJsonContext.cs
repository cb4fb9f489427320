using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Models;

/// <summary>How the types of the list of models are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(Model))]
[JsonSerializable(typeof(ModelDeletion))]
public sealed partial class ModelsJsonContext : JsonSerializerContext;
