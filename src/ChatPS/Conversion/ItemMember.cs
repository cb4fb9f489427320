using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>The members of pipeline items: entries of tables, properties of objects.</summary>
internal static class ItemMember
{
    private const int MostNames = 10;

    /// <summary>Reads a member of what a user gave.</summary>
    /// <param name="source">A table or an object.</param>
    /// <param name="name">The key, or the property.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether there is such a member.</returns>
    /// <exception cref="ChatServiceException">There is one that cannot be read.</exception>
    public static bool TryRead(object? source, string name, out object? value)
    {
        object? bare = Bare.Of(source);
        value = null;
        if (bare is null || name.Length == 0)
        {
            return false;
        }

        if (bare is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                if (string.Equals(PlainObject.Text(entry.Key), name, StringComparison.OrdinalIgnoreCase))
                {
                    value = entry.Value;
                    return true;
                }
            }

            return false;
        }

        if (PSObject.AsPSObject(source!).Properties[name] is not { IsGettable: true } property)
        {
            return false;
        }

        try
        {
            value = property.Value;
            return true;
        }
        catch (GetValueException exception)
        {
            throw Failures.Invalid($"The property '{name}' of what was piped in cannot be read: {exception.Message}", "Pipe in objects whose properties can be read.", exception);
        }
    }

    /// <summary>What to say where an item has no such member.</summary>
    /// <param name="what">What was looked at.</param>
    /// <param name="source">It.</param>
    /// <param name="name">What was looked for.</param>
    /// <param name="advice">What to do, without the full stop.</param>
    /// <returns>The failure, which names the members that are there.</returns>
    public static ChatServiceException Missing(string what, object? source, string name, string advice)
    {
        string[] names = [.. Names(source).Take(MostNames + 1)];
        string known = names.Length == 0 ? "it has none" : $"it has {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", …" : "")}";
        return Failures.Invalid($"-Property: {what} has no property '{name}'.", $"{advice}; {known}.");
    }

    private static IEnumerable<string> Names(object? source) => Bare.Of(source) switch
    {
        null => [],
        IDictionary table => table.Keys.Cast<object>().Select(PlainObject.Text),
        _ => PSObject.AsPSObject(source!).Properties.Select(property => property.Name),
    };
}
