using System.Text.Json.Serialization;

namespace ChatPS.Api.Wire;

/// <summary>A whole answer.</summary>
public abstract class ApiResponseBody : WireObject
{
    /// <summary>The untouched JSON of the answer.</summary>
    [JsonIgnore]
    public string Raw { get; set; } = "";

    internal virtual void SetRaw(string json) => Raw = json;
}
