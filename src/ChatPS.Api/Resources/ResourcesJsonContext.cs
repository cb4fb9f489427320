using System.Text.Json.Serialization;

namespace ChatPS.Api.Resources;

/// <summary>How what a service keeps is written and read.</summary>
[JsonSerializable(typeof(ResourceBody))]
[JsonSerializable(typeof(ResourceAnswer))]
public sealed partial class ResourcesJsonContext : JsonSerializerContext;
