using System.Reflection;
using System.Xml.Linq;

namespace ChatPS.ModuleBuilder;

/// <summary>Writes out module/ChatPS.Types.ps1xml: PowerShell knows no wildcards there, so what is said of all types is repeated for each.</summary>
internal static class TypesFile
{
    private const string All = "ChatPS.*";

    /// <summary>Names the public classes that there are objects of. Exceptions are PowerShell's own to carry over.</summary>
    /// <param name="assembly">The assembly of the public objects.</param>
    /// <returns>Their full names, in order.</returns>
    public static IReadOnlyList<string> Classes(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Where(type => type.IsClass && !type.IsAbstract && !typeof(Exception).IsAssignableFrom(type))
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<BuildError> Check(string path, XDocument description, IReadOnlyList<string> classes) =>
        Types(description).Select(Name).Where(name => name != All && !classes.Contains(name, StringComparer.Ordinal))
            .Select(name => new BuildError(path, 1, "TYPES001", $"There is no public class {name}."));

    public static XDocument Write(XDocument description, IReadOnlyDictionary<string, IReadOnlyList<string>> shown)
    {
        var types = Types(description).ToDictionary(Name, StringComparer.Ordinal);
        return new XDocument(new XElement("Types", shown.Select(type => Type(type.Key, types[All], types.GetValueOrDefault(type.Key), type.Value))));
    }

    private static XElement Type(string name, XElement common, XElement? own, IReadOnlyList<string> shown)
    {
        var type = new XElement(common);
        type.Element("Name")!.Value = name;
        Merge(type.Element("Members")!, [Standard(Shown(shown))]);
        if (own is not null)
        {
            Merge(type.Element("Members")!, own.Elements("Members").Elements());
            type.Add(own.Elements().Where(element => element.Name.LocalName is not ("Name" or "Members")));
        }

        type.DescendantNodes().OfType<XComment>().Remove();
        return type;
    }

    private static XElement Standard(XElement member) =>
        new("MemberSet", new XElement("Name", "PSStandardMembers"), new XElement("Members", member));

    private static XElement Shown(IReadOnlyList<string> properties) =>
        new("PropertySet", new XElement("Name", "DefaultDisplayPropertySet"), new XElement("ReferencedProperties", properties.Select(property => new XElement("Name", property))));

    // A set of members is added to the one of the same name; any other member takes its place.
    private static void Merge(XElement members, IEnumerable<XElement> more)
    {
        foreach (var member in more)
        {
            var same = members.Elements().FirstOrDefault(other => Name(other) == Name(member));
            if (same is null)
            {
                members.Add(member);
            }
            else if (member.Name.LocalName == "MemberSet")
            {
                Merge(same.Element("Members")!, member.Elements("Members").Elements());
            }
            else
            {
                same.ReplaceWith(member);
            }
        }
    }

    private static IEnumerable<XElement> Types(XDocument description) => description.Root!.Elements("Type");

    private static string Name(XElement element) => element.Element("Name")!.Value;
}
