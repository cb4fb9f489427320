using System.Xml.Linq;

namespace ChatPS.ResourceGenerator;

/// <summary>A kind of thing that a service keeps, as its description tells: what users call it, what it is made from, what can be done with it.</summary>
/// <param name="Noun">The noun of the cmdlets, with its prefix; the name of the object, too.</param>
/// <param name="Name">What one is called.</param>
/// <param name="Plural">What several are called.</param>
public sealed record ResourceDescription(string Noun, string Name, string Plural)
{
    /// <summary>Gets the member of <c>ResourceKinds</c>.</summary>
    public string Kind => Noun.Substring("Chat".Length);

    /// <summary>Gets the property that holds the id.</summary>
    public string Key { get; private set; } = "Id";

    /// <summary>Gets the noun of what it lies in; null where it stands by itself.</summary>
    public string? Parent { get; private set; }

    /// <summary>Gets what one of those is called.</summary>
    public string ParentName { get; private set; } = "";

    /// <summary>Gets the parameter for what it lies in.</summary>
    public string ParentParameter => Parent?.Substring("Chat".Length) ?? "";

    /// <summary>Gets the property that holds the id of what it lies in.</summary>
    public string ParentId => Parent?.Substring("Chat".Length) + "Id";

    /// <summary>Gets whether the service lists them.</summary>
    public bool IsListed { get; private set; }

    /// <summary>Gets whether lists come in one of two orders.</summary>
    public bool IsOrdered { get; private set; }

    /// <summary>Gets the group within the parent that can be listed by itself; null for none.</summary>
    public FieldDescription? Group { get; private set; }

    /// <summary>Gets what lists are narrowed by.</summary>
    public IReadOnlyList<FieldDescription> Filters { get; private set; } = [];

    /// <summary>Gets what it is made from, and what of it changes.</summary>
    public IReadOnlyList<FieldDescription> Fields { get; private set; } = [];

    /// <summary>Gets the cmdlets that are generated.</summary>
    public IReadOnlyList<VerbDescription> Verbs { get; private set; } = [];

    /// <summary>Gets further cmdlets that help pages link to.</summary>
    public IReadOnlyList<string> Links { get; private set; } = [];

    /// <summary>Reads descriptions.</summary>
    /// <param name="xml">The text of a file.</param>
    /// <returns>What it describes.</returns>
    public static IReadOnlyList<ResourceDescription> Read(string xml) => [.. XDocument.Parse(xml).Root!.Elements("resource").Select(Read)];

    private static ResourceDescription Read(XElement resource) => new(Need(resource, "noun"), Need(resource, "name"), Need(resource, "plural"))
    {
        Key = (string?)resource.Attribute("key") ?? "Id",
        Parent = (string?)resource.Attribute("parent"),
        ParentName = (string?)resource.Attribute("parentName") ?? "",
        IsListed = (bool?)resource.Attribute("listed") ?? false,
        IsOrdered = (bool?)resource.Attribute("ordered") ?? false,
        Group = resource.Elements("group").Select(FieldDescription.Read).FirstOrDefault(),
        Filters = [.. resource.Elements("filter").Select(FieldDescription.Read)],
        Fields = [.. resource.Elements("field").Select(FieldDescription.Read)],
        Verbs = [.. resource.Elements("cmdlet").Select(VerbDescription.Read)],
        Links = ((string?)resource.Attribute("links") ?? "").Split([' '], StringSplitOptions.RemoveEmptyEntries),
    };

    internal static string Need(XElement element, string attribute) =>
        (string?)element.Attribute(attribute) ?? throw new FormatException($"<{element.Name}> has no attribute '{attribute}': {element}");
}
