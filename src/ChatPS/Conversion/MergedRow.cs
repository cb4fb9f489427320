using System.Collections;
using System.Management.Automation;

namespace ChatPS.Conversion;

/// <summary>A copy of a pipeline item that takes further properties. The item stays as it is: a second run must find the same.</summary>
internal static class MergedRow
{
    /// <summary>Copies the properties of an item.</summary>
    /// <param name="item">The item; a text becomes the property Input.</param>
    /// <returns>The row.</returns>
    public static PSObject Of(object? item)
    {
        PSObject row = new();
        Add(row, item, "Input");
        return row;
    }

    /// <summary>Adds the properties of a value. They win over those that are there.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">The name of the property that it becomes if it has none.</param>
    public static void Add(PSObject row, object? value, string name)
    {
        foreach (KeyValuePair<string, object?> property in Properties(value, name))
        {
            Set(row, property.Key, property.Value);
        }
    }

    public static void Set(PSObject row, string name, object? value)
    {
        if (row.Properties[name] is { } known)
        {
            known.Value = value;
        }
        else
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Properties(object? value, string name)
    {
        object? bare = Bare.Of(value);
        return bare switch
        {
            null or string or ValueType => [new KeyValuePair<string, object?>(name, bare)],
            IDictionary dictionary => PlainObject.Entries(dictionary).Select(entry => new KeyValuePair<string, object?>(PlainObject.Text(entry.Key), entry.Value)),
            _ => PSObject.AsPSObject(value!).Properties.Where(property => property.IsGettable).Select(property => new KeyValuePair<string, object?>(property.Name, property.Value)),
        };
    }
}
