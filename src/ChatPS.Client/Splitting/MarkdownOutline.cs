namespace ChatPS.Client.Splitting;

/// <summary>Where the headings and the blocks of code of a text are, as Markdown has them.</summary>
internal sealed class MarkdownOutline
{
    private const int DeepestLevel = 6;
    private readonly List<MarkdownHeading> _headings = [];
    private readonly List<(int Start, int End)> _code = [];

    /// <summary>Gets the headings, in their order.</summary>
    public IReadOnlyList<MarkdownHeading> Headings => _headings;

    /// <summary>Gets where the text itself begins: behind the data about it at its top, and the blanks below them.</summary>
    public int Begin { get; private init; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its outline.</returns>
    public static MarkdownOutline Read(string text)
    {
        int begin = FrontMatterEnd(text);
        MarkdownOutline outline = new() { Begin = begin == 0 ? 0 : Behind(text, begin) };
        (char Sign, int Count, int Start)? fence = null;
        int previous = -1;
        bool previousBegins = false;
        bool wasBlank = true;
        for (int start = begin; start < text.Length; start = NextLine(text, start))
        {
            int end = EndOfLine(text, start);
            string line = text.Substring(start, end - start);
            string trimmed = line.Trim();
            bool isIndented = IndentOf(line) > 3;
            if (fence is { } open)
            {
                if (!isIndented && CountOf(trimmed, open.Sign) is var count && count >= open.Count && count == trimmed.Length)
                {
                    outline._code.Add((open.Start, NextLine(text, start)));
                    fence = null;
                }

                (previous, wasBlank) = (-1, true);
                continue;
            }

            if (!isIndented && Fence(trimmed) is { } sign)
            {
                fence = (sign.Sign, sign.Count, start);
                continue;
            }

            if (!isIndented && TitleOf(trimmed) is { } title)
            {
                outline._headings.Add(new MarkdownHeading(start, Behind(text, end), title.Level, title.Text));
                (previous, wasBlank) = (-1, true);
                continue;
            }

            // One line of text, underlined.
            if (!isIndented && previous >= 0 && previousBegins && trimmed.Length > 0 && trimmed[0] is '=' or '-' && CountOf(trimmed, trimmed[0]) == trimmed.Length)
            {
                outline._headings.Add(new MarkdownHeading(previous, Behind(text, end), trimmed[0] == '=' ? 1 : 2, text.Substring(previous, EndOfLine(text, previous) - previous).Trim()));
                (previous, wasBlank) = (-1, true);
                continue;
            }

            previous = trimmed.Length > 0 && !isIndented && !IsListOrQuote(trimmed) ? start : -1;
            previousBegins = wasBlank;
            wasBlank = trimmed.Length == 0;
        }

        if (fence is { } unclosed)
        {
            outline._code.Add((unclosed.Start, text.Length));
        }

        return outline;
    }

    /// <summary>Whether a place lies within a block of code.</summary>
    /// <param name="place">The place.</param>
    /// <returns>Whether it does.</returns>
    public bool IsCode(int place)
    {
        int low = 0;
        int high = _code.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _code[middle].End <= place ? (middle + 1, high) : (low, middle);
        }

        return low < _code.Count && _code[low].Start < place;
    }

    /// <summary>Finds the last heading that begins at or before a place.</summary>
    /// <param name="place">The place.</param>
    /// <returns>Which it is; -1 for none.</returns>
    public int LastHeading(int place)
    {
        int low = 0;
        int high = _headings.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _headings[middle].Start <= place ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <summary>The headings that a place stands below; where it begins with headings, these are among them.</summary>
    /// <param name="place">The place.</param>
    /// <returns>Their titles, from the outermost in; null for none.</returns>
    public string? PathOf(int place)
    {
        place = Math.Max(place, Begin);
        List<string> titles = [];
        int level = DeepestLevel + 1;
        int last = LastHeading(place);
        while (last >= 0 && last + 1 < _headings.Count && place < _headings[last].End && _headings[last + 1].Start <= _headings[last].End)
        {
            last++;
        }

        for (int i = last; i >= 0 && level > 1; i--)
        {
            if (_headings[i].Level < level && _headings[i].Title.Length > 0)
            {
                level = _headings[i].Level;
                titles.Insert(0, _headings[i].Title);
            }
        }

        return titles.Count == 0 ? null : string.Join(" > ", titles);
    }

    // What stands between lines of --- at the very beginning is data about the text. With a blank line below the first they are rules.
    private static int FrontMatterEnd(string text)
    {
        if (text.Substring(0, EndOfLine(text, 0)).TrimEnd() != "---")
        {
            return 0;
        }

        int first = NextLine(text, 0);
        for (int start = first; start < text.Length; start = NextLine(text, start))
        {
            string line = text.Substring(start, EndOfLine(text, start) - start).TrimEnd();
            if (line is "---" or "...")
            {
                return NextLine(text, start);
            }

            if (start == first && line.Length == 0)
            {
                return 0;
            }
        }

        return 0;
    }

    private static (char Sign, int Count)? Fence(string line) =>
        line.Length >= 3 && line[0] is '`' or '~' && CountOf(line, line[0]) is >= 3 and var count && (line[0] == '~' || line.IndexOf('`', count) < 0)
            ? (line[0], count)
            : null;

    private static (int Level, string Text)? TitleOf(string line)
    {
        int level = CountOf(line, '#');
        if (level is 0 or > DeepestLevel || (line.Length > level && line[level] is not (' ' or '\t')))
        {
            return null;
        }

        string title = line.Substring(level).Trim();
        string bare = title.TrimEnd('#');
        return (level, bare.Length == 0 ? "" : bare.Length < title.Length && char.IsWhiteSpace(bare[bare.Length - 1]) ? bare.TrimEnd() : title);
    }

    private static bool IsListOrQuote(string line) => line[0] is '>' or '|' || (line[0] is '-' or '*' or '+' && line.Length > 1 && line[1] == ' ');

    private static int CountOf(string line, char sign)
    {
        int count = 0;
        while (count < line.Length && line[count] == sign)
        {
            count++;
        }

        return count;
    }

    private static int IndentOf(string line)
    {
        int indent = 0;
        for (int i = 0; i < line.Length && line[i] is ' ' or '\t'; i++)
        {
            indent += line[i] == '\t' ? 4 : 1;
        }

        return indent;
    }

    private static int EndOfLine(string text, int start)
    {
        int end = text.IndexOfAny(['\r', '\n'], start);
        return end < 0 ? text.Length : end;
    }

    private static int NextLine(string text, int start)
    {
        int end = EndOfLine(text, start);
        return end >= text.Length ? text.Length : end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
    }

    private static int Behind(string text, int end)
    {
        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }
}
