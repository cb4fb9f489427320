using System.Text.Json;

namespace ChatPS.Api.Wire;

/// <summary>The JSON of each item of a list that came whole.</summary>
internal static class RawItems
{
    /// <summary>Gives each item its own JSON.</summary>
    /// <param name="items">The items; nothing is done without any.</param>
    /// <param name="json">The whole answer.</param>
    /// <param name="list">The member that is the list, where the answer is not the list itself.</param>
    public static void Spread(IReadOnlyList<ApiResponseBody>? items, string json, string list)
    {
        if (items is not { Count: > 0 })
        {
            return;
        }

        var raw = Of(json, list);
        for (var place = 0; place < items.Count; place++)
        {
            items[place].SetRaw(raw[place]);
        }
    }

    /// <summary>The JSON of the items that are read: what says nothing is left out, see <see cref="FittedJson"/>.</summary>
    /// <param name="json">The whole answer.</param>
    /// <param name="list">The member that is the list, where the answer is not the list itself.</param>
    /// <returns>One text for each item.</returns>
    public static IReadOnlyList<string> Of(string json, string list)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var raw = root.ValueKind == JsonValueKind.Array ? root : root.GetProperty(list);
        return raw.ValueKind == JsonValueKind.Object
            ? [raw.GetRawText()]
            : [.. raw.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object || (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() > 0)).Select(item => item.GetRawText())];
    }
}
