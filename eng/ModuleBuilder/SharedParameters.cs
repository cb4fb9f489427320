namespace ChatPS.ModuleBuilder;

/// <summary>
/// docs/shared-parameters.md: parameters that several cmdlets have, described once, in chapters. A page links to the chapters
/// that it takes descriptions from, in its PARAMETERS section.
/// </summary>
internal sealed class SharedParameters
{
    public const string FileName = "shared-parameters.md";

    private readonly string _path;
    private readonly List<Chapter> _chapters = [];

    public SharedParameters(string path, string markdown)
    {
        _path = path;
        foreach (var section in MarkdownSection.Split(markdown))
        {
            if (section.Level == 2)
            {
                _chapters.Add(new Chapter(Anchor(section.Title), section.Line, []));
            }
            else if (section.Level == 3 && section.Title.StartsWith('-'))
            {
                _chapters[^1].Entries.Add(new HelpEntry(section.Title[1..], section.Line, Markdown.Paragraphs(section.Body)));
            }
        }
    }

    /// <summary>Adds to a page what it leaves to the chapters that it links to.</summary>
    /// <param name="cmdlet">Whose page it is.</param>
    /// <param name="page">The page.</param>
    /// <returns>The page with all that is told of the parameters.</returns>
    public HelpPage Complete(CmdletDeclaration cmdlet, HelpPage page) => page with { Parameters = [.. page.Parameters, .. Taken(cmdlet, page)] };

    /// <summary>Finds links to chapters that are not there, and descriptions that no page takes.</summary>
    /// <param name="cmdlets">All cmdlets.</param>
    /// <param name="pages">Their pages, as they were read.</param>
    /// <returns>What is wrong.</returns>
    public IEnumerable<BuildError> Check(IReadOnlyList<CmdletDeclaration> cmdlets, IReadOnlyList<HelpPage> pages)
    {
        foreach (var page in pages)
        {
            foreach (var anchor in page.SharedChapters.Where(anchor => _chapters.TrueForAll(chapter => chapter.Anchor != anchor)))
            {
                yield return new BuildError(page.Path, 1, "HELP009", $"{FileName} has no chapter #{anchor}.");
            }
        }

        var taken = cmdlets.Join(pages, cmdlet => cmdlet.Name, page => page.Name, Taken, StringComparer.Ordinal).SelectMany(entries => entries).ToHashSet();
        foreach (var entry in _chapters.SelectMany(chapter => chapter.Entries).Where(entry => !taken.Contains(entry)))
        {
            yield return new BuildError(_path, entry.Line, "HELP010", $"No page takes this description of -{entry.Name}.");
        }
    }

    private IEnumerable<HelpEntry> Taken(CmdletDeclaration cmdlet, HelpPage page) =>
        from parameter in cmdlet.Parameters
        where page.Parameters.All(entry => entry.Name != parameter.Name)
        let shared = page.SharedChapters.SelectMany(anchor => _chapters.Where(chapter => chapter.Anchor == anchor))
            .SelectMany(chapter => chapter.Entries)
            .FirstOrDefault(entry => entry.Name == parameter.Name)
        where shared is not null
        select shared;

    // As GitHub makes it of a heading in plain words.
    private static string Anchor(string title) => title.ToLowerInvariant().Replace(' ', '-');

    private sealed record Chapter(string Anchor, int Line, List<HelpEntry> Entries);
}
