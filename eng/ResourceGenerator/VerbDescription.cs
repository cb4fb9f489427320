using System.Xml.Linq;

namespace ChatPS.ResourceGenerator;

/// <summary>A cmdlet that is generated.</summary>
/// <param name="Verb"><c>Get</c>, <c>New</c>, <c>Set</c> or <c>Remove</c>.</param>
/// <param name="Synopsis">What it does, in one sentence.</param>
public sealed record VerbDescription(string Verb, string Synopsis)
{
    /// <summary>Gets what the help page tells of it.</summary>
    public string About { get; private set; } = "";

    /// <summary>Gets what the help page tells at its end; empty for nothing.</summary>
    public string Notes { get; private set; } = "";

    /// <summary>Gets the examples: titles and code.</summary>
    public IReadOnlyList<(string Title, string Code)> Examples { get; private set; } = [];

    internal static VerbDescription Read(XElement cmdlet) => new(ResourceDescription.Need(cmdlet, "verb"), ResourceDescription.Need(cmdlet, "synopsis"))
    {
        About = Text(cmdlet.Element("about")),
        Notes = Text(cmdlet.Element("notes")),
        Examples = [.. cmdlet.Elements("example").Select(example => (ResourceDescription.Need(example, "title"), Text(example)))],
    };

    // Lines stand as deep in the file as its elements do.
    private static string Text(XElement? element) => string.Join("\n", (element?.Value ?? "").Trim().Split('\n').Select(line => line.Trim()));
}
