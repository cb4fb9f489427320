using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Resources;

/// <summary>What something is made from, or changed to. Which fields there are is told by the description of the resource.</summary>
public sealed class ResourceBody : ApiRequest
{
    /// <summary>The fields by their names on the wire.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Fields { get; set; } = new(StringComparer.Ordinal);
}
