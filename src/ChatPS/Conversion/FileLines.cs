using System.Management.Automation;
using System.Text;

namespace ChatPS.Conversion;

/// <summary>
/// Lines of text files as <c>Get-Content</c> emits them: each carries the path of its file and its number. One request for each line is
/// hardly ever what is meant, and blank lines say nothing.
/// </summary>
internal sealed class FileLines
{
    private string? _file;
    private bool _hasWarned;

    /// <summary>Gets how many blank lines were left out.</summary>
    public int Blank { get; private set; }

    /// <summary>Notes an item that is about to be sent alone.</summary>
    /// <param name="item">The item.</param>
    /// <param name="warning">What to warn of: once, at the second line of a file.</param>
    /// <returns>Whether it is a line that need not be sent.</returns>
    public bool Skips(object? item, out string? warning)
    {
        warning = null;
        if (!TryRead(item, out string? file, out string? line))
        {
            return false;
        }

        if (string.IsNullOrWhiteSpace(line))
        {
            Blank++;
            return true;
        }

        if (!_hasWarned && file == _file)
        {
            _hasWarned = true;
            warning = $"Each line of '{NameOf(file!)}' is a request of its own. Get-Content -Raw or Get-Item gives the file whole, and -Aggregate puts all that is piped into one request.";
        }

        _file = file;
        return false;
    }

    /// <summary>Puts the lines of each file together as they stood in it. Where there are several files, the name stands above each.</summary>
    /// <param name="items">The items.</param>
    /// <returns>The items, with one text for the lines of a file; each with the place of its first line among them.</returns>
    public static List<(object? Item, int Index)> Join(IReadOnlyList<object?> items)
    {
        List<(object? Item, int Index)> joined = [];
        List<(int Place, string File)> texts = [];
        for (int index = 0; index < items.Count; index++)
        {
            if (!TryRead(items[index], out string? file, out string? line))
            {
                joined.Add((items[index], index));
                continue;
            }

            int first = index;
            StringBuilder text = new(line);
            while (index + 1 < items.Count && TryRead(items[index + 1], out string? next, out line) && next == file)
            {
                text.Append('\n').Append(line);
                index++;
            }

            texts.Add((joined.Count, file!));
            joined.Add((text.ToString(), first));
        }

        foreach ((int place, string file) in texts.Count > 1 ? texts : [])
        {
            joined[place] = ($"File {NameOf(file)}:\n{joined[place].Item}", joined[place].Index);
        }

        return joined;
    }

    /// <summary>Reads the lines of a file that came as one array, as with <c>-ReadCount 0</c>.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Their text; null if it is something else.</returns>
    public static string? Whole(object? item)
    {
        object?[]? lines = Bare.Of(item) as object?[];
        if (lines is not { Length: > 0 })
        {
            return null;
        }

        bool isFile = item is PSObject whole && FileOf(whole) is not null;
        string[] texts = new string[lines.Length];
        for (int place = 0; place < lines.Length; place++)
        {
            if (TryRead(lines[place], out _, out string? line) || (isFile && (line = (lines[place] is PSObject one ? one.BaseObject : lines[place]) as string) is not null))
            {
                texts[place] = line!;
            }
            else
            {
                return null;
            }
        }

        return string.Join("\n", texts);
    }

    private static bool TryRead(object? item, out string? file, out string? line)
    {
        line = (item as PSObject)?.BaseObject as string;
        file = line is null ? null : FileOf((PSObject)item!);
        return file is not null;
    }

    private static string? FileOf(PSObject item) =>
        item.Properties["ReadCount"] is PSNoteProperty && item.Properties["PSPath"] is PSNoteProperty { Value: { } path } ? PlainObject.Text(path) : null;

    private static string NameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\', ':']) + 1);
}
