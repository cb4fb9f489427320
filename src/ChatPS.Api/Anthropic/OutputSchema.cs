using System.Text.Json;

namespace ChatPS.Api.Anthropic;

/// <summary>The form that an answer must have.</summary>
public sealed class OutputSchema
{
    /// <summary><c>json_schema</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The JSON Schema.</summary>
    public JsonElement? Schema { get; set; }
}
