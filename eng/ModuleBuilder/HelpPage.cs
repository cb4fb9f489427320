namespace ChatPS.ModuleBuilder;

/// <summary>The prose of one page: docs/cmdlets/Verb-Noun.md.</summary>
internal sealed record HelpPage(string Path, string Name)
{
    public IReadOnlyList<string> Synopsis { get; init; } = [];

    public IReadOnlyList<string> Description { get; init; } = [];

    public IReadOnlyList<HelpExample> Examples { get; init; } = [];

    public IReadOnlyList<HelpEntry> Parameters { get; init; } = [];

    /// <summary>The chapters of <see cref="SharedParameters"/> that tell of the other parameters.</summary>
    public IReadOnlyList<string> SharedChapters { get; init; } = [];

    public IReadOnlyList<HelpEntry> Inputs { get; init; } = [];

    public IReadOnlyList<HelpEntry> Outputs { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<HelpLink> Links { get; init; } = [];
}

/// <summary>A parameter, an input type or an output type, with what the page says of it.</summary>
internal sealed record HelpEntry(string Name, int Line, IReadOnlyList<string> Text);

internal sealed record HelpExample(string Title, int Line, string Code, IReadOnlyList<string> Remarks);

/// <summary>A related page; <paramref name="Uri"/> is empty for another help topic.</summary>
internal sealed record HelpLink(string Text, string Uri);
