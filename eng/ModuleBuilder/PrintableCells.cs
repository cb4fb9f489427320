using System.Reflection;
using System.Xml.Linq;

namespace ChatPS.ModuleBuilder;

/// <summary>
/// Keeps what a model or a server wrote from steering the terminal: each cell of a view that shows text shows its printable
/// form, the one of <c>ChatPS.Client.Faults.Printable</c>. An operator does it, since where the language is constrained a view may call no method.
/// </summary>
internal static class PrintableCells
{
    /// <summary>What is not printed: control characters but tabs and the ends of lines, what turns the order of letters, and the tags beyond the basic plane.</summary>
    public const string Unprintable = @"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028-\u202E\u2066-\u2069\uFEFF]|\r(?!\n)|\uDB40[\uDC00-\uDFFF]";

    // What the terminal is told by the view itself.
    private const string Style = "$PSStyle.";

    private const string Replacement = "\uFFFD";

    /// <summary>Finds the properties that hold no text wherever they occur: numbers, dates, switches.</summary>
    /// <param name="assembly">The assembly of the public objects.</param>
    /// <returns>Their names.</returns>
    public static IReadOnlySet<string> WithoutText(Assembly assembly) => assembly.GetExportedTypes()
        .SelectMany(type => type.GetProperties())
        .ToLookup(property => property.Name, StringComparer.Ordinal)
        .Where(group => group.All(property => property.PropertyType.IsValueType))
        .Select(group => group.Key)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Rewrites the cells of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="withoutText">The properties that hold no text.</param>
    public static void Apply(XElement view, IReadOnlySet<string> withoutText)
    {
        foreach (var cell in view.Descendants().Where(element => element.Name.LocalName is "TableColumnItem" or "ListItem" or "ExpressionBinding" or "GroupBy").ToList())
        {
            if (cell.Element("PropertyName") is { } property)
            {
                if (withoutText.Contains(property.Value))
                {
                    continue;
                }

                // The head of a column is named apart; the line of a list takes the property's name.
                if (cell.Name.LocalName == "ListItem" && cell.Element("Label") is null)
                {
                    property.AddBeforeSelf(new XElement("Label", property.Value));
                }

                property.ReplaceWith(Script($"$_.{property.Value}"));
            }
            else if (cell.Element("ScriptBlock") is { } script && !script.Value.StartsWith(Style, StringComparison.Ordinal))
            {
                script.ReplaceWith(Script($"$({script.Value})"));
            }
        }
    }

    private static XElement Script(string expression) => new("ScriptBlock", $"{expression} -replace '{Unprintable}', '{Replacement}'");
}
