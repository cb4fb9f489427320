using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>What attributes of files a search takes: a comparison, or several joined.</summary>
/// <param name="Type">The comparison, or <c>and</c> or <c>or</c>.</param>
internal sealed record AttributeFilter(string Type)
{
    private string Key { get; init; } = "";

    private JsonElement Value { get; init; }

    private IReadOnlyList<AttributeFilter> Parts { get; init; } = [];

    /// <summary>Reads a filter.</summary>
    public static AttributeFilter Read(Fields filter)
    {
        filter.Required("type");
        string type = filter.Choice("type", "eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "and", "or")!;
        if (type is "and" or "or")
        {
            filter.Required("filters");
            return new AttributeFilter(type) { Parts = [.. filter.Array("filters")!.Value.EnumerateArray().Select(part => Read(new Fields(part, filter.Name("filters."))))] };
        }

        return new AttributeFilter(type) { Key = filter.RequiredText("key"), Value = filter.Required("value").Clone() };
    }

    /// <summary>Whether it takes a file of such attributes.</summary>
    public bool Takes(object? attributes)
    {
        if (Type is "and" or "or")
        {
            return Type == "and" ? Parts.All(part => part.Takes(attributes)) : Parts.Any(part => part.Takes(attributes));
        }

        JsonElement? own = attributes is JsonElement { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(Key, out JsonElement value) ? value : null;
        return Type switch
        {
            "ne" => own is not { } other || Compare(other, Value) != 0,
            "nin" => own is not { } missing || !Value.EnumerateArray().Any(item => Compare(missing, item) == 0),
            "in" => own is { } listed && Value.EnumerateArray().Any(item => Compare(listed, item) == 0),
            _ => own is { } there && Compare(there, Value) is var order && Type switch
            {
                "eq" => order == 0,
                "gt" => order > 0,
                "gte" => order >= 0,
                "lt" => order < 0,
                _ => order <= 0,
            },
        };
    }

    private static int Compare(JsonElement left, JsonElement right) => left.ValueKind == JsonValueKind.Number && right.ValueKind == JsonValueKind.Number
        ? left.GetDouble().CompareTo(right.GetDouble())
        : string.Compare(Text(left), Text(right), StringComparison.Ordinal);

    private static string Text(JsonElement value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
