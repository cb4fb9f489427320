namespace ChatPS.ModuleBuilder;

/// <summary>Compares the pages with the cmdlets.</summary>
internal static class HelpChecker
{
    private const int FewestExamples = 2;

    /// <summary>PowerShell's own, which every page would only repeat.</summary>
    public static IReadOnlySet<string> CommonParameters { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "WhatIf", "Confirm", "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable",
        "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable", "CommonParameters",
    };

    public static IEnumerable<BuildError> Check(IReadOnlyList<CmdletDeclaration> cmdlets, IReadOnlyList<HelpPage> pages, string directory)
    {
        foreach (var cmdlet in cmdlets)
        {
            var file = Path.Combine(directory, cmdlet.Name + ".md");
            var page = pages.FirstOrDefault(page => Path.GetFileName(page.Path) == cmdlet.Name + ".md");
            var errors = page is null
                ? [new BuildError(file, 1, "HELP001", $"{cmdlet.Name} has no page.")]
                : Check(cmdlet, page);
            foreach (var error in errors)
            {
                yield return error;
            }
        }

        foreach (var page in pages.Where(page => cmdlets.All(cmdlet => Path.GetFileName(page.Path) != cmdlet.Name + ".md")))
        {
            yield return new BuildError(page.Path, 1, "HELP002", "No cmdlet has this name.");
        }
    }

    private static IEnumerable<BuildError> Check(CmdletDeclaration cmdlet, HelpPage page)
    {
        if (page.Name != cmdlet.Name)
        {
            yield return new BuildError(page.Path, 1, "HELP003", $"The title is '{page.Name}', not {cmdlet.Name}.");
        }

        if (page.Synopsis.Count == 0 || page.Description.Count == 0)
        {
            yield return new BuildError(page.Path, 1, "HELP004", $"{cmdlet.Name} needs a SYNOPSIS and a DESCRIPTION.");
        }

        foreach (var parameter in cmdlet.Parameters.Where(parameter => !CommonParameters.Contains(parameter.Name)))
        {
            var entry = page.Parameters.FirstOrDefault(entry => entry.Name == parameter.Name);
            if (entry is null || entry.Text.Count == 0)
            {
                yield return new BuildError(page.Path, entry?.Line ?? 1, "HELP005", $"-{parameter.Name} is not described.");
            }
        }

        foreach (var entry in page.Parameters.Where(entry => !CommonParameters.Contains(entry.Name)))
        {
            if (cmdlet.Parameters.All(parameter => parameter.Name != entry.Name))
            {
                yield return new BuildError(page.Path, entry.Line, "HELP006", $"{cmdlet.Name} has no parameter -{entry.Name}.");
            }
        }

        if (page.Examples.Count < FewestExamples)
        {
            yield return new BuildError(page.Path, 1, "HELP007", $"{cmdlet.Name} has {page.Examples.Count} examples; at least {FewestExamples} are needed.");
        }

        foreach (var example in page.Examples.Where(example => example.Code.Length == 0))
        {
            yield return new BuildError(page.Path, example.Line, "HELP008", $"'{example.Title}' shows no code.");
        }
    }
}
