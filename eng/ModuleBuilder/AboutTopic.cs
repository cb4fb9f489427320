using System.Text;

namespace ChatPS.ModuleBuilder;

/// <summary>Turns an about page into the text that Get-Help shows: headings at the margin, text below them, 80 columns.</summary>
internal static class AboutTopic
{
    private const int Width = 80;
    private const int TextIndent = 4;
    private const int CodeIndent = 8;

    public static string Format(string markdown)
    {
        var text = new StringBuilder();
        foreach (var section in MarkdownSection.Split(markdown))
        {
            Heading(text, section);
            Body(text, section.Body);
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static void Heading(StringBuilder text, MarkdownSection section)
    {
        _ = section.Level switch
        {
            0 => text,
            1 => text.Append("TOPIC\n").Append(' ', TextIndent).Append(section.Title).Append("\n\n"),
            2 => text.Append(section.Title.ToUpperInvariant()).Append('\n'),
            _ => text.Append(' ', TextIndent / 2).Append(section.Title).Append('\n'),
        };
    }

    private static void Body(StringBuilder text, IReadOnlyList<string> lines)
    {
        var open = new List<string>();
        var fence = false;
        foreach (var line in lines)
        {
            if (Markdown.IsFence(line))
            {
                Close();
                fence = !fence;
                Space(text, needed: !fence);
            }
            else if (fence)
            {
                text.Append(line.Length == 0 ? "" : new string(' ', CodeIndent)).Append(line.TrimEnd()).Append('\n');
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                Close();
                Space(text, needed: true);
            }
            else if (line.TrimStart().StartsWith('|'))
            {
                Close();
                text.Append(' ', TextIndent).Append(line.Trim()).Append('\n');
            }
            else
            {
                if (Markdown.IsListItem(line))
                {
                    Close();
                }

                open.Add(line);
            }
        }

        Close();
        Space(text, needed: true);

        void Close()
        {
            if (open.Count > 0)
            {
                Wrap(text, open);
                open.Clear();
            }
        }
    }

    private static void Wrap(StringBuilder text, List<string> lines)
    {
        var first = lines[0];
        var indent = TextIndent + (first.Length - first.TrimStart().Length);
        var hanging = indent;
        if (Markdown.IsListItem(first))
        {
            hanging += first.TrimStart().IndexOf(' ', StringComparison.Ordinal) + 1;
        }

        var line = new StringBuilder().Append(' ', indent);
        var empty = true;
        foreach (var word in Markdown.Plain(string.Join(' ', lines.Select(part => part.Trim()))).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(' ', hanging);
                empty = true;
            }

            line.Append(empty ? "" : " ").Append(word);
            empty = false;
        }

        text.Append(line).Append('\n');
    }

    private static void Space(StringBuilder text, bool needed)
    {
        if (needed && text.Length > 1 && !(text[^1] == '\n' && text[^2] == '\n'))
        {
            text.Append('\n');
        }
    }
}
