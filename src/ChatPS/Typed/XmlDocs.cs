using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ChatPS.Typed;

/// <summary>The summaries of types and properties, where the compiler wrote them beside the assembly.</summary>
internal static class XmlDocs
{
    private const long LargestFile = 20_000_000;
    private static readonly ConditionalWeakTable<Assembly, Dictionary<string, string>> Cache = new();
    private static readonly Regex Spaces = new(@"\s+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static string? Of(Type type) => Find(type, $"T:{Id(type)}");

    /// <summary>What the documentation says about a property, or about the parameter of a record that it stands for.</summary>
    /// <param name="property">The property.</param>
    /// <returns>One line; null if there is none.</returns>
    public static string? Of(PropertyInfo property) =>
        Find(property.DeclaringType!, $"P:{Id(property.DeclaringType!)}.{property.Name}") ?? Find(property.DeclaringType!, $"T:{Id(property.DeclaringType!)}({property.Name})");

    private static string Id(Type type) => ((type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name).Replace('+', '.');

    private static string? Find(Type type, string id) => Cache.GetValue(type.Assembly, Read).TryGetValue(id, out string? text) ? text : null;

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        string? file = assembly.IsDynamic || assembly.Location.Length == 0 ? null : Path.ChangeExtension(assembly.Location, ".xml");
        try
        {
            if (file is not null && File.Exists(file) && new FileInfo(file).Length <= LargestFile)
            {
                Add(texts, file);
            }
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            texts.Clear();
        }

        return texts;
    }

    private static void Add(Dictionary<string, string> texts, string file)
    {
        using XmlReader reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        foreach (XElement member in XDocument.Load(reader).Descendants("member"))
        {
            string id = member.Attribute("name")?.Value ?? "";
            Put(id, member.Element("summary"));
            foreach (XElement parameter in member.Elements("param"))
            {
                Put($"{id}({parameter.Attribute("name")?.Value})", parameter);
            }
        }

        void Put(string id, XElement? element)
        {
            if (element is not null && (id.StartsWith("T:", StringComparison.Ordinal) || id.StartsWith("P:", StringComparison.Ordinal)) && Line(element) is { Length: > 0 } line)
            {
                texts[id] = line;
            }
        }
    }

    private static string Line(XElement element)
    {
        foreach (XElement reference in element.Descendants().Where(part => part.IsEmpty).ToList())
        {
            string target = (reference.Attribute("cref") ?? reference.Attribute("langword") ?? reference.Attribute("name"))?.Value ?? "";
            reference.ReplaceWith(new XText(target.Substring(target.LastIndexOf('.') + 1)));
        }

        return Spaces.Replace(element.Value, " ").Trim();
    }
}
