using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPS.Api.Wire;

/// <summary>A request body.</summary>
public abstract class ApiRequest
{
    /// <summary>
    /// A JSON object whose members are added to the body, each replacing the member of the same name:
    /// the caller's way to send what a vendor invented yesterday. Anything but an object is ignored.
    /// </summary>
    [JsonIgnore]
    public JsonElement? AdditionalBody { get; set; }

    /// <summary>
    /// The members that are objects of many settings: an object of the same name in <see cref="AdditionalBody"/> is added to them,
    /// where others are replaced.
    /// </summary>
    internal virtual IReadOnlyCollection<string> MergedMembers => [];
}
