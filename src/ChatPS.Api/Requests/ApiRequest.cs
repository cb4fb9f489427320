using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Api;

/// <summary>A request body.</summary>
public abstract class ApiRequest
{
    /// <summary>
    /// A JSON object whose members are added to the body, each replacing the member of the same name:
    /// the caller's way to send what a vendor invented yesterday. Anything but an object is ignored.
    /// </summary>
    [JsonIgnore]
    public JsonElement? AdditionalBody { get; set; }
}
