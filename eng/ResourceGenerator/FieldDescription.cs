using System.Xml.Linq;

namespace ChatPS.ResourceGenerator;

/// <summary>A parameter, and where its value goes.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Wire">The name on the wire, with dots between levels.</param>
/// <param name="Type"><c>text</c>, <c>texts</c>, <c>integer</c>, <c>notes</c>, <c>values</c>, <c>typed</c>, <c>items</c> or <c>skills</c>.</param>
/// <param name="Help">What it means, in one sentence.</param>
public sealed record FieldDescription(string Name, string Wire, string Type, string Help)
{
    /// <summary>Gets the verbs of the cmdlets that take it.</summary>
    public IReadOnlyList<string> Verbs { get; private set; } = [];

    /// <summary>Gets the verbs of the cmdlets that need it.</summary>
    public IReadOnlyList<string> Mandatory { get; private set; } = [];

    /// <summary>Gets whether the pipeline may bring it where something is made.</summary>
    public bool FromPipeline { get; private set; }

    /// <summary>Gets its place among the arguments where something is made; null for none.</summary>
    public int? Position { get; private set; }

    /// <summary>Gets the least number.</summary>
    public int? Least { get; private set; }

    /// <summary>Gets the largest number.</summary>
    public int? Most { get; private set; }

    /// <summary>Gets the values that are offered; empty for none. Others are sent, too.</summary>
    public IReadOnlyList<string> Values { get; private set; } = [];

    /// <summary>Gets what a typed value looks like, for the error.</summary>
    public string Example { get; private set; } = "";

    /// <summary>Gets what the help page tells beyond the sentence.</summary>
    public string Details { get; private set; } = "";

    /// <summary>Gets what is sent along, by its name on the wire.</summary>
    public IReadOnlyList<(string Wire, string Value)> Along { get; private set; } = [];

    /// <summary>Gets the type in C#.</summary>
    public string ClrType => Type switch
    {
        "text" => "string?",
        "texts" => "string[]?",
        "integer" => "int",
        "notes" or "values" => "IDictionary?",
        "items" or "skills" => "object[]?",
        _ => "object?",
    };

    internal static FieldDescription Read(XElement field) => new(
        ResourceDescription.Need(field, "name"), ResourceDescription.Need(field, "wire"), (string?)field.Attribute("type") ?? "text", ResourceDescription.Need(field, "help"))
    {
        Verbs = Words(field, "in"),
        Mandatory = Words(field, "mandatory"),
        FromPipeline = (bool?)field.Attribute("pipeline") ?? false,
        Position = (int?)field.Attribute("position"),
        Least = (int?)field.Attribute("least"),
        Most = (int?)field.Attribute("most"),
        Values = Words(field, "values"),
        Details = (string?)field.Attribute("details") ?? "",
        Example = (string?)field.Attribute("example") ?? "",
        Along = [.. field.Elements("along").Select(along => (ResourceDescription.Need(along, "wire"), ResourceDescription.Need(along, "value")))],
    };

    private static string[] Words(XElement element, string attribute) => ((string?)element.Attribute(attribute) ?? "").Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
