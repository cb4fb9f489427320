using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>The members of pipeline items: entries of tables, properties of objects.</summary>
internal static class ItemMember
{
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
}
