using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChatPS.ModuleBuilder;

/// <summary>Finds the properties that PowerShell shows of an object that stands among others: those that its table shows.</summary>
internal static partial class ShownProperties
{
    // Long, and no news to whoever reads the rest.
    private static readonly string[] Bulky = ["Raw", "Data"];

    /// <summary>Lists the properties of each class.</summary>
    /// <param name="assembly">The assembly of the public objects.</param>
    /// <param name="descriptions">Their views.</param>
    /// <returns>The properties by the full name of the class.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Assembly assembly, IReadOnlyList<ViewDescription> descriptions) =>
        TypesFile.Classes(assembly).ToDictionary(name => name, name => Of(assembly.GetType(name, throwOnError: true)!, descriptions), StringComparer.Ordinal);

    private static IReadOnlyList<string> Of(Type type, IReadOnlyList<ViewDescription> descriptions)
    {
        var all = type.GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => property.Name).ToList();
        var table = descriptions.SelectMany(description => description.Views)
            .FirstOrDefault(view => view.Element("TableControl") is not null && view.Elements("ViewSelectedBy").Elements("TypeName").Any(name => name.Value == type.FullName));
        return table is null
            ? [.. all.Except(Bulky, StringComparer.Ordinal)]
            : [.. table.Descendants("TableColumnItem").Elements().SelectMany(Properties).Intersect(all, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Properties(XElement cell) => cell.Name.LocalName == "PropertyName"
        ? [cell.Value]
        : Mentions().Matches(cell.Value).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"\$_\.(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mentions();
}
