using System.Text.Json;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>What Anthropic refuses in the schema of an answer.</summary>
internal static class SchemaRules
{
    private static readonly string[] Refused =
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "maxItems", "uniqueItems"];

    public static void Check(JsonElement schema, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string type = schema.TryGetProperty("type", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "any";
        if (Array.Find(Refused, name => schema.TryGetProperty(name, out _)) is { } keyword)
        {
            throw new ApiException(Input.Refused($"{path}: For '{type}' type, property '{keyword}' is not supported"));
        }

        if (type == "object" && !(schema.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.False))
        {
            throw new ApiException(Input.Refused($"{path}: For 'object' type, 'additionalProperties' must be explicitly set to false"));
        }

        foreach (string name in new[] { "properties", "$defs" })
        {
            if (schema.TryGetProperty(name, out JsonElement members) && members.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in members.EnumerateObject())
                {
                    Check(member.Value, path);
                }
            }
        }

        foreach (string name in new[] { "items", "anyOf", "allOf" })
        {
            if (schema.TryGetProperty(name, out JsonElement part))
            {
                CheckEach(part, path);
            }
        }
    }

    private static void CheckEach(JsonElement part, string path)
    {
        if (part.ValueKind != JsonValueKind.Array)
        {
            Check(part, path);
            return;
        }

        foreach (JsonElement item in part.EnumerateArray())
        {
            Check(item, path);
        }
    }
}
