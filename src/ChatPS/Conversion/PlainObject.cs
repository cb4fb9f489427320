using System.Collections;
using System.Data.SqlTypes;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Projects PowerShell's objects to the plain dictionaries, lists and values that the engine understands.</summary>
internal static class PlainObject
{
    /// <summary>Projects a value that a user built for the service: hashtables, custom objects, arrays and values.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">The parameter that it came from, for the error; null where the caller names it.</param>
    /// <returns>The plain value.</returns>
    /// <exception cref="ChatServiceException">There is something in it that cannot be sent; it says where and what.</exception>
    public static object? From(object? value, string? origin = null) => value is null ? null : new Projection(origin).Project(value);

    public static IReadOnlyList<object?>? FromList(object[]? values, string? origin = null) =>
        values is null ? null : (IReadOnlyList<object?>?)From(values, origin);

    public static IReadOnlyDictionary<string, object?> FromDictionary(IDictionary dictionary, string? origin = null) =>
        (IReadOnlyDictionary<string, object?>)From(dictionary, origin)!;

    /// <summary>Whether a value is one of the nulls that PowerShell, databases and .NET have.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether it is nothing.</returns>
    public static bool IsNull(object? value)
    {
        // What a command emitted that emits nothing is an object of its own.
        object? bare = value is PSObject wrapped && !ReferenceEquals(value, AutomationNull.Value) ? wrapped.BaseObject : value;
        return bare is null or DBNull or NullString or INullable { IsNull: true } || ReferenceEquals(bare, AutomationNull.Value);
    }

    /// <summary>Goes through a table. A generic one shows its entries in two forms, of which LINQ would meet the other.</summary>
    /// <param name="dictionary">The table.</param>
    /// <returns>Its keys and values.</returns>
    public static IEnumerable<(object Key, object? Value)> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return (entry.Key, entry.Value);
        }
    }

    public static IReadOnlyDictionary<string, string>? ToStrings(IDictionary? dictionary)
    {
        if (dictionary is null)
        {
            return null;
        }

        Dictionary<string, string> strings = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in dictionary)
        {
            strings[Text(entry.Key)] = Text(entry.Value);
        }

        return strings;
    }

    public static IReadOnlyDictionary<string, int>? ToIntegers(IDictionary? dictionary, string parameter)
    {
        if (dictionary is null)
        {
            return null;
        }

        Dictionary<string, int> integers = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in dictionary)
        {
            integers[Text(entry.Key)] = LanguagePrimitives.TryConvertTo(entry.Value, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw Failures.Invalid($"{parameter}: '{Text(entry.Value)}' for '{Text(entry.Key)}' is not a whole number.", $"Give {parameter} token numbers and whole numbers.");
        }

        return integers;
    }

    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ when IsNull(value) => "",
        _ when SingleValue.TimeText(value) is { } time => time,
        _ => LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture) as string ?? "",
    };
}
