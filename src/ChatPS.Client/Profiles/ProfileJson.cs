using System.Text.Json.Serialization;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Profiles;

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SecondsConverter), typeof(AddressConverter)])]
[JsonSerializable(typeof(ConnectionProfile))]
[JsonSerializable(typeof(KeyOrigin))]
internal sealed partial class ProfileJson : JsonSerializerContext;
