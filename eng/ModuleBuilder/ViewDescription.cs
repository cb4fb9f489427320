using System.Xml.Linq;

namespace ChatPS.ModuleBuilder;

/// <summary>A file of module/views: the views of one family of objects.</summary>
internal sealed record ViewDescription(string Path, XDocument Document)
{
    public IEnumerable<XElement> Views => Document.Root!.Element("ViewDefinitions")!.Elements("View");

    /// <summary>The elements that name the types that the views are for.</summary>
    public IEnumerable<XElement> Types => Views.Elements("ViewSelectedBy").Elements("TypeName");

    public static ViewDescription Read(string path) => new(path, XDocument.Load(path, LoadOptions.SetLineInfo));
}
