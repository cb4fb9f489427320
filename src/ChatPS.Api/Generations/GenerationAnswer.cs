using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Generations;

/// <summary>What a service says of tasks: JSON of any form. An error in it may be that of the call or that of the task, which its family tells apart.</summary>
[JsonConverter(typeof(GenerationAnswerConverter))]
public sealed class GenerationAnswer : ApiResponseBody
{
    /// <summary>The whole answer.</summary>
    public JsonElement Root { get; init; }
}
