using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Decisions;

/// <summary>Questions and what they are about. Its fields are data of the form, which each vendor has otherwise.</summary>
public sealed class DecisionBody : ApiRequest
{
    /// <summary>The fields by their names on the wire, in their order.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Fields { get; set; } = new(StringComparer.Ordinal);
}
