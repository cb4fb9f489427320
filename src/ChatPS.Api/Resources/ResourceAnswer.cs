using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Resources;

/// <summary>What a service tells of something that it keeps: any JSON.</summary>
[JsonConverter(typeof(ResourceAnswerConverter))]
public sealed class ResourceAnswer : ApiResponseBody
{
    /// <summary>The whole answer.</summary>
    public JsonElement Root { get; init; }
}
