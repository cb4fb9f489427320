using System.Management.Automation;
using System.Text;
using ChatPS.Client.Json;
using ChatPS.Conversion;

namespace ChatPS.Tools;

/// <summary>Writes what a tool emitted as a text for the model.</summary>
internal static class ToolOutput
{
    private const string Origin = "The tool's output";

    /// <summary>Writes text as it is, objects as compact JSON, and below them errors and warnings.</summary>
    /// <param name="objects">What the tool emitted, as far as it was kept.</param>
    /// <param name="total">How many objects it emitted.</param>
    /// <param name="errors">What it said went wrong.</param>
    /// <param name="warnings">What it warned of.</param>
    /// <param name="longest">The most characters.</param>
    /// <returns>The text; where it was cut, it says so.</returns>
    public static string Write(IReadOnlyList<PSObject?> objects, long total, IEnumerable<string> errors, IEnumerable<string> warnings, int longest)
    {
        StringBuilder text = new();
        foreach (string error in errors)
        {
            AppendLine(text, "ERROR: " + error);
        }

        foreach (string warning in warnings)
        {
            AppendLine(text, "WARNING: " + warning);
        }

        string notes = Cut(text.ToString(), longest);
        string output = objects.Count == 0 ? "" : WriteObjects(objects, total, Math.Max(0, longest - notes.Length));
        string whole = output.Length == 0 ? notes : notes.Length == 0 ? output : $"{notes}\n{output}";
        return whole.Length == 0 ? "(no output)" : whole;
    }

    /// <summary>Cuts a text, and says so.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most characters of it.</param>
    /// <returns>The text, if need be with a note at its end.</returns>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        string start = CutTo(text, longest);
        return FormattableString.Invariant($"{start}\n[cut: {start.Length} of {text.Length} characters; ask for less]");
    }

    // Never between the two halves of a character.
    private static string CutTo(string text, int longest) =>
        text.Length <= longest ? text : text.Substring(0, longest > 0 && char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest);

    private static string WriteObjects(IReadOnlyList<PSObject?> objects, long total, int longest)
    {
        if (objects.All(item => item?.BaseObject is string))
        {
            string text = string.Join("\n", objects.Select(item => (string)item!.BaseObject));
            return total == objects.Count ? Cut(text, longest) : CutTo(text, longest) + FormattableString.Invariant($"\n[cut: a part of {total} lines; ask for less]");
        }

        if (total == 1)
        {
            return Cut(PlainJson.Write(PlainObject.From(objects[0], Origin), Origin), longest);
        }

        // Whole objects only, so that what is left is still JSON; and no more of them are looked at than fit.
        StringBuilder json = new("[");
        int count = 0;
        foreach (PSObject? item in objects)
        {
            string one = PlainJson.Write(PlainObject.From(item, Origin), Origin);
            if (json.Length + one.Length + 2 > longest)
            {
                break;
            }

            json.Append(count++ > 0 ? "," : "").Append(one);
        }

        json.Append(']');
        return count == total ? json.ToString() : json.Append(FormattableString.Invariant($"\n[cut: {count} of {total} objects; ask for less]")).ToString();
    }

    private static void AppendLine(StringBuilder text, string line) => text.Append(text.Length > 0 ? "\n" : "").Append(line);
}
