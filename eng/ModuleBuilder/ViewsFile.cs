using System.Xml;
using System.Xml.Linq;

namespace ChatPS.ModuleBuilder;

/// <summary>Puts the files of module/views together: PowerShell reads one faster than many. What comes from a job or another session gets the view of its type.</summary>
internal static class ViewsFile
{
    public const string Name = "ChatPS.Format.ps1xml";

    /// <summary>Finds the views of types that are not there, and the types that cmdlets emit without a view.</summary>
    /// <param name="folder">Where the files lie.</param>
    /// <param name="descriptions">The files.</param>
    /// <param name="classes">The public classes that there are objects of.</param>
    /// <param name="cmdlets">The cmdlets, with what they emit.</param>
    /// <returns>What keeps the file from being written.</returns>
    public static IEnumerable<BuildError> Check(string folder, IReadOnlyList<ViewDescription> descriptions, IReadOnlyList<string> classes, IReadOnlyList<CmdletDeclaration> cmdlets)
    {
        var unknown = descriptions.SelectMany(description => description.Types
            .Where(type => !classes.Contains(Class(type.Value), StringComparer.Ordinal))
            .Select(type => new BuildError(description.Path, ((IXmlLineInfo)type).LineNumber, "VIEWS001", $"There is no public class {type.Value}.")));

        var shown = descriptions.SelectMany(description => description.Types).Select(type => type.Value).ToHashSet(StringComparer.Ordinal);
        var unseen = cmdlets.SelectMany(cmdlet => cmdlet.OutputTypes
            .Where(type => classes.Contains(type, StringComparer.Ordinal) && !shown.Contains(type))
            .Select(type => new BuildError(folder, 1, "VIEWS002", $"{cmdlet.Name} emits {type}, which has no view.")));

        return unknown.Concat(unseen);
    }

    public static XDocument Write(IEnumerable<ViewDescription> descriptions, IReadOnlySet<string> withoutText) =>
        new(new XElement("Configuration", new XElement("ViewDefinitions", descriptions.SelectMany(description => description.Views).Select(view => View(view, withoutText)))));

    // A class may have a view for some of its objects, which carry a mark after the name: ChatPS.ChatCompletion#Single.
    private static string Class(string type) => type.Split('#')[0];

    private static XElement View(XElement description, IReadOnlySet<string> withoutText)
    {
        var view = new XElement(description);
        foreach (var type in view.Elements("ViewSelectedBy").Elements("TypeName").ToList())
        {
            type.AddAfterSelf(new XElement("TypeName", "Deserialized." + type.Value));
        }

        view.DescendantNodes().OfType<XComment>().Remove();
        PrintableCells.Apply(view, withoutText);
        return view;
    }
}
