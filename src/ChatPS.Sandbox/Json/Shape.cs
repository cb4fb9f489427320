using System.Text.Json;

namespace ChatPS.Sandbox.Json;

/// <summary>JSON objects as dictionaries in the order of their members.</summary>
internal static class Shape
{
    public static Dictionary<string, object?> Of(params (string Name, object? Value)[] members) =>
        members.ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal);

    /// <summary>The members of an object.</summary>
    public static Dictionary<string, object?> Of(JsonElement value)
    {
        Dictionary<string, object?> shape = new(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            shape[member.Name] = member.Value;
        }

        return shape;
    }

    public static Dictionary<string, object?> With(this Dictionary<string, object?> shape, params (string Name, object? Value)[] members)
    {
        Dictionary<string, object?> copy = new(shape, StringComparer.Ordinal);
        foreach ((string name, object? value) in members)
        {
            copy[name] = value;
        }

        return copy;
    }

    public static JsonElement ToElement(object? value)
    {
        using JsonDocument document = JsonDocument.Parse(PlainJson.ToText(value));
        return document.RootElement.Clone();
    }

    public static string? TextOf(this JsonElement item, string member) =>
        item.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
