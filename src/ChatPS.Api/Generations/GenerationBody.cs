using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Generations;

/// <summary>What a task is made from. Its fields are data of the family, since there are hundreds of them that only pass through.</summary>
public sealed class GenerationBody : ApiRequest
{
    /// <summary>The fields by their names on the wire.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Fields { get; set; } = new(StringComparer.Ordinal);

    internal override IReadOnlyCollection<string> MergedMembers => [.. Fields.Where(member => member.Value.ValueKind == JsonValueKind.Object).Select(member => member.Key)];
}
