using System.Text.Json.Serialization;

namespace ChatPS.Api.Generations;

/// <summary>How tasks are written and read.</summary>
[JsonSerializable(typeof(GenerationBody))]
[JsonSerializable(typeof(GenerationAnswer))]
public sealed partial class GenerationsJsonContext : JsonSerializerContext;
