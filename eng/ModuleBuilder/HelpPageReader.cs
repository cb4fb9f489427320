namespace ChatPS.ModuleBuilder;

/// <summary>Reads a page that follows the headings of platyPS.</summary>
internal static class HelpPageReader
{
    public static HelpPage Read(string path, string markdown)
    {
        var page = new HelpPage(path, "");
        var chapter = "";
        var examples = new List<HelpExample>();
        var parameters = new List<HelpEntry>();
        var inputs = new List<HelpEntry>();
        var outputs = new List<HelpEntry>();

        foreach (var section in MarkdownSection.Split(markdown))
        {
            if (section.Level == 1)
            {
                page = page with { Name = section.Title };
            }
            else if (section.Level == 2)
            {
                chapter = section.Title.ToUpperInvariant();
                page = chapter switch
                {
                    "SYNOPSIS" => page with { Synopsis = Markdown.Paragraphs(section.Body) },
                    "DESCRIPTION" => page with { Description = Markdown.Paragraphs(section.Body) },
                    "PARAMETERS" => page with { SharedChapters = [.. Markdown.Anchors(section.Body, "../" + SharedParameters.FileName)] },
                    "NOTES" => page with { Notes = Markdown.Paragraphs(section.Body) },
                    "RELATED LINKS" => page with { Links = [.. Markdown.Links(section.Body)] },
                    _ => page,
                };
            }
            else if (section.Level >= 3)
            {
                switch (chapter)
                {
                    case "DESCRIPTION":
                        page = page with { Description = [.. page.Description, section.Title, .. Markdown.Paragraphs(section.Body)] };
                        break;
                    case "NOTES":
                        page = page with { Notes = [.. page.Notes, section.Title, .. Markdown.Paragraphs(section.Body)] };
                        break;
                    case "EXAMPLES":
                        examples.Add(Example(section));
                        break;
                    case "PARAMETERS" when section.Title.StartsWith('-'):
                        parameters.Add(Entry(section, section.Title[1..]));
                        break;
                    case "INPUTS":
                        inputs.Add(Entry(section, section.Title));
                        break;
                    case "OUTPUTS":
                        outputs.Add(Entry(section, section.Title));
                        break;
                }
            }
        }

        return page with { Examples = examples, Parameters = parameters, Inputs = inputs, Outputs = outputs };
    }

    private static HelpEntry Entry(MarkdownSection section, string name) => new(name, section.Line, Markdown.Paragraphs(section.Body));

    // Code and remarks may alternate: what follows the first block is told in order, code included.
    private static HelpExample Example(MarkdownSection section)
    {
        var open = section.Body.TakeWhile(line => !Markdown.IsFence(line)).ToList();
        var code = section.Body.Skip(open.Count + 1).TakeWhile(line => !Markdown.IsFence(line)).ToList();
        var rest = section.Body.Skip(open.Count + code.Count + 2);
        return new HelpExample(section.Title, section.Line, string.Join('\n', code).TrimEnd(), Markdown.Paragraphs([.. open, "", .. rest]));
    }
}
