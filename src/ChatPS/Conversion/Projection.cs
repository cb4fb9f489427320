using System.Collections;
using System.Data;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Turns one value of PowerShell into plain dictionaries, lists and values, and knows where it is in it.</summary>
/// <param name="origin">The parameter that the value came from, for the error; null where the caller names it.</param>
internal sealed class Projection(string? origin)
{
    private const int DeepestNesting = 64;

    // What PowerShell's providers pin to each item of theirs.
    private static readonly string[] ProviderNotes = ["PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer"];

    // Names of members and places in lists, from the outside in.
    private readonly Stack<object> _path = new();

    public object? Project(object value) => Project(value, isPart: false);

    // What an object of .NET consists of is told by its text: a folder's JSON would hold its parent, and the parent's parent.
    private object? Project(object? value, bool isPart)
    {
        if (PlainObject.IsNull(value))
        {
            return null;
        }

        object bare = Bare.Of(value)!;
        if (SingleValue.Refusal(bare) is { } refusal)
        {
            throw Unfit(refusal);
        }

        return bare switch
        {
            PSObject custom => ProjectProperties(custom, isPart),
            _ when SingleValue.TryRead(bare, out object? plain) => plain,
            IDictionary dictionary => ProjectEntries(PlainObject.Entries(dictionary), isPart),
            DataRow row => ProjectRow(row),
            DataRowView view => ProjectRow(view.Row),
            DataTable table => ProjectList(table.Rows, isPart),
            _ when JsonTree.Is(bare) => JsonTree.TryRead(bare, out object? tree) ? tree : throw Unfit($"of type {bare.GetType().Name} and holds no JSON"),
            IEnumerable<KeyValuePair<string, object?>> members => ProjectEntries(members.Select(member => ((object)member.Key, member.Value)), isPart),
            IEnumerable items => ProjectList(items, isPart),
            _ when isPart => PlainObject.Text(bare),
            _ => ProjectProperties(PSObject.AsPSObject(value!), isPart: true),
        };
    }

    // As deep as the user built them, up to a limit that a dictionary which holds itself runs into.
    private Dictionary<string, object?> ProjectEntries(IEnumerable<(object Key, object? Value)> entries, bool isPart)
    {
        Dictionary<string, object?> plain = new(StringComparer.Ordinal);
        foreach ((object key, object? value) in entries)
        {
            string name = PlainObject.Text(key);
            plain[name] = Within(name, value, isPart);
        }

        return plain;
    }

    private List<object?> ProjectList(IEnumerable items, bool isPart)
    {
        List<object?> plain = [];
        foreach (object? item in items)
        {
            plain.Add(Within(plain.Count, item, isPart));
        }

        return plain;
    }

    private Dictionary<string, object?> ProjectRow(DataRow row)
    {
        Dictionary<string, object?> plain = new(StringComparer.Ordinal);
        foreach (DataColumn column in row.Table.Columns)
        {
            plain[column.ColumnName] = Within(column.ColumnName, row[column], isPart: true);
        }

        return plain;
    }

    private Dictionary<string, object?> ProjectProperties(PSObject source, bool isPart)
    {
        Dictionary<string, object?> plain = new(StringComparer.Ordinal);
        foreach (PSPropertyInfo property in Shown(source))
        {
            plain[property.Name] = Within(property.Name, Read(property), isPart);
        }

        return plain;
    }

    private object? Within(object step, object? value, bool isPart)
    {
        if (_path.Count > DeepestNesting)
        {
            throw Failures.Invalid($"{Prefix}{(origin is null ? "The" : "the")} value is nested more than {DeepestNesting} levels deep, or holds itself.", "Give a flatter value, for example with Select-Object.");
        }

        _path.Push(step);
        object? plain = Project(value, isPart);
        _path.Pop();
        return plain;
    }

    // A process or a service has dozens of properties; the few that PowerShell shows are what is meant by it. Ours are whole.
    private static IEnumerable<PSPropertyInfo> Shown(PSObject source)
    {
        if (source.Members["PSStandardMembers"] is PSMemberSet standard
            && standard.Members["DefaultDisplayPropertySet"] is PSPropertySet set
            && source.BaseObject is not PSCustomObject
            && source.BaseObject.GetType().Assembly != typeof(ChatMessage).Assembly)
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

    private string Prefix => origin is null ? "" : origin + ": ";

    private ChatServiceException Unfit(string what) => Failures.Invalid(
        $"{Prefix}{(_path.Count > 0 ? $"'{Where()}'" : origin is null ? "The value" : "the value")} is {what}.", "Leave it out, or give text, numbers, booleans, times, hashtables and arrays.");

    private string Where()
    {
        StringBuilder where = new();
        foreach (object step in _path.Reverse())
        {
            where.Append(step is int place ? string.Format(CultureInfo.InvariantCulture, "[{0}]", place) : where.Length == 0 ? step : "." + step);
        }

        return where.ToString();
    }
}
