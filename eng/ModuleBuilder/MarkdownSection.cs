namespace ChatPS.ModuleBuilder;

/// <summary>A heading and the lines below it, up to the next heading of any level.</summary>
internal sealed record MarkdownSection(int Level, string Title, int Line, IReadOnlyList<string> Body)
{
    public static List<MarkdownSection> Split(string markdown)
    {
        var sections = new List<MarkdownSection>();
        var body = new List<string>();
        var (level, title, start, number, fenced) = (0, "", 1, 0, false);

        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (Markdown.IsFence(line))
            {
                fenced = !fenced;
            }

            var hashes = fenced ? 0 : line.Length - line.TrimStart('#').Length;
            if (hashes is 0 or > 6 || line.Length == hashes || line[hashes] != ' ')
            {
                body.Add(line);
                continue;
            }

            sections.Add(new MarkdownSection(level, title, start, body));
            (level, title, start, body) = (hashes, Markdown.Plain(line[hashes..].Trim()), number, []);
        }

        sections.Add(new MarkdownSection(level, title, start, body));
        return sections;
    }
}
