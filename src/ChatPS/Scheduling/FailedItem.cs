using System.Globalization;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Scheduling;

/// <summary>The item of a run that an error is about.</summary>
/// <param name="Target">The item; null where there is none.</param>
/// <param name="Index">Its place among the items, from 0; null where it is the only one.</param>
internal readonly record struct FailedItem(object? Target, int? Index = null)
{
    private const int MostCharacters = 40;

    /// <summary>What its error begins with, so that the item is found again among many.</summary>
    /// <returns>The words; empty for the only item.</returns>
    public string Prefix()
    {
        if (Index is not { } index)
        {
            return "";
        }

        string number = (index + 1).ToString(CultureInfo.InvariantCulture);
        string item = Shown(Target);
        return item.Length > 0 ? $"Item {number} ({item}): " : $"Item {number}: ";
    }

    private static string Shown(object? target)
    {
        try
        {
            return Printable.Line(
                target switch
                {
                    null => "",
                    string text => text,
                    FileSystemInfo file => file.FullName,
                    _ => LanguagePrimitives.ConvertTo<string>(target) ?? "",
                },
                MostCharacters);
        }
        catch (PSInvalidCastException)
        {
            return "";
        }
    }
}
