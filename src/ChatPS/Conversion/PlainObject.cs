using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Projects PowerShell's objects to the plain dictionaries, lists and values that the engine understands.</summary>
internal static class PlainObject
{
    private const int DeepestNesting = 64;

    // What PowerShell's providers pin to each item of theirs.
    private static readonly string[] ProviderNotes = ["PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer"];

    /// <summary>Projects a value that a user built for the service: hashtables, custom objects, arrays and values.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The plain value.</returns>
    public static object? From(object? value) => Project(value, 0, isPart: false);

    public static IReadOnlyList<object?>? FromList(object[]? values) => values is null ? null : [.. values.Select(From)];

    public static IReadOnlyDictionary<string, object?> FromDictionary(IDictionary dictionary)
    {
        Dictionary<string, object?> plain = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in dictionary)
        {
            plain[Text(entry.Key)] = From(entry.Value);
        }

        return plain;
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

    /// <summary>Reads fields of which some may be given as secure strings: those go out as what they hold.</summary>
    /// <param name="fields">The fields; null for none.</param>
    /// <param name="secrets">Takes what the secure ones hold.</param>
    /// <returns>Names and values.</returns>
    public static IReadOnlyDictionary<string, string>? ToFields(IDictionary? fields, ICollection<string> secrets)
    {
        if (fields is null)
        {
            return null;
        }

        Dictionary<string, string> strings = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in fields)
        {
            string? secret = SecretTransformationAttribute.Reveal(entry.Value);
            strings[Text(entry.Key)] = secret ?? Text(entry.Value);
            if (secret is not null)
            {
                secrets.Add(secret);
            }
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
        _ => LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture) as string ?? "",
    };

    // What an object of .NET consists of is told by its text: a folder's JSON would hold its parent, and the parent's parent.
    private static object? Project(object? value, int level, bool isPart)
    {
        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null or string or bool or char or DateTime or DateTimeOffset or TimeSpan or Guid or Uri or Version or decimal or Enum => bare,
            IntPtr or UIntPtr => Text(bare),
            _ when bare.GetType().IsPrimitive => bare,
            System.Numerics.BigInteger or byte[] => bare,
            SecureString or PSCredential => throw Failures.Invalid("A secure string or a credential is among the values; secrets are not sent to a model.", "Leave it out."),
            SwitchParameter flag => flag.IsPresent,
            ScriptBlock block => block.ToString(),
            CommandInfo command => command.Name,
            System.Xml.XmlNode node => node.OuterXml,
            System.Data.DataRow row => ProjectRow(row, level),
            IDictionary dictionary => ProjectDictionary(dictionary, level, isPart),
            PSObject custom => ProjectProperties(custom, level, isPart),
            IEnumerable items => ProjectList(items, level, isPart),
            _ when isPart => Text(bare),
            _ => ProjectProperties(PSObject.AsPSObject(value!), level, isPart: true),
        };
    }

    // As deep as the user built them, up to a limit that a dictionary which holds itself runs into.
    private static Dictionary<string, object?> ProjectDictionary(IDictionary dictionary, int level, bool isPart)
    {
        CheckDepth(level);
        Dictionary<string, object?> plain = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in dictionary)
        {
            plain[Text(entry.Key)] = Project(entry.Value, level + 1, isPart);
        }

        return plain;
    }

    private static List<object?> ProjectList(IEnumerable items, int level, bool isPart)
    {
        CheckDepth(level);
        List<object?> plain = [];
        foreach (object? item in items)
        {
            plain.Add(Project(item, level + 1, isPart));
        }

        return plain;
    }

    private static Dictionary<string, object?> ProjectRow(System.Data.DataRow row, int level) =>
        row.Table.Columns.Cast<System.Data.DataColumn>().ToDictionary(
            column => column.ColumnName,
            column => row.IsNull(column) ? null : Project(row[column], level + 1, isPart: true),
            StringComparer.Ordinal);

    private static Dictionary<string, object?> ProjectProperties(PSObject source, int level, bool isPart)
    {
        CheckDepth(level);
        Dictionary<string, object?> plain = new(StringComparer.Ordinal);
        foreach (PSPropertyInfo property in Shown(source))
        {
            plain[property.Name] = Project(Read(property), level + 1, isPart);
        }

        return plain;
    }

    // A process or a service has dozens of properties; the few that PowerShell shows are what is meant by it.
    private static IEnumerable<PSPropertyInfo> Shown(PSObject source)
    {
        if (source.Members["PSStandardMembers"] is PSMemberSet standard
            && standard.Members["DefaultDisplayPropertySet"] is PSPropertySet set
            && source.BaseObject is not PSCustomObject)
        {
            return set.ReferencedPropertyNames.Select(name => source.Properties[name]).Where(property => property is not null);
        }

        return source.Properties.Where(property => property.IsGettable && Array.IndexOf(ProviderNotes, property.Name) < 0);
    }

    private static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static void CheckDepth(int level)
    {
        if (level > DeepestNesting)
        {
            throw Failures.Invalid($"The value is nested more than {DeepestNesting} levels deep, or holds itself.", "Give a flatter value, for example with Select-Object.");
        }
    }
}
