using System.Management.Automation;

namespace ChatPS.Conversion;

/// <summary>Makes pipeline items again of what JSON has kept of them: objects with properties, arrays and values.</summary>
internal static class PlainItem
{
    /// <summary>Makes an item.</summary>
    /// <param name="plain">Plain dictionaries, lists and values.</param>
    /// <returns>The item; null for nothing.</returns>
    public static object? Of(object? plain) => plain switch
    {
        IReadOnlyDictionary<string, object?> members => Row(members),
        List<object?> items => items.ConvertAll(Of).ToArray(),
        _ => plain,
    };

    // Of names that differ in case alone, the first has the property: there can be but one.
    private static PSObject Row(IReadOnlyDictionary<string, object?> members)
    {
        PSObject row = new();
        foreach (KeyValuePair<string, object?> member in members)
        {
            if (member.Key.Length > 0 && row.Properties[member.Key] is null)
            {
                row.Properties.Add(new PSNoteProperty(member.Key, Of(member.Value)));
            }
        }

        return row;
    }
}
