using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Api.Wire;

/// <summary>An object of the wire that keeps the members which it does not know.</summary>
public abstract class WireObject
{
    /// <summary>The members without a property of their own, or null.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? AdditionalProperties { get; set; }
}
