using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatPS.ResourceGenerator;

/// <summary>Makes cmdlets of the descriptions that the project names as additional files.</summary>
[Generator]
public sealed class CmdletGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor Unreadable = new(
        "CHATRES001", "A description cannot be read", "{0}", "Resources", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<(string Path, string Text)> files = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".resources.xml", StringComparison.Ordinal))
            .Select(static (file, token) => (file.Path, file.GetText(token)?.ToString() ?? ""));
        context.RegisterSourceOutput(files, static (output, file) => Write(output, file.Path, file.Text));
    }

    private static void Write(SourceProductionContext output, string path, string text)
    {
        try
        {
            foreach (ResourceDescription resource in ResourceDescription.Read(text))
            {
                foreach (VerbDescription cmdlet in resource.Verbs)
                {
                    output.AddSource($"{cmdlet.Verb}{resource.Noun}Command.g.cs", SourceText.From(CmdletWriter.Write(resource, cmdlet), Encoding.UTF8));
                }
            }
        }
        catch (Exception exception) when (exception is System.Xml.XmlException or FormatException)
        {
            output.ReportDiagnostic(Diagnostic.Create(Unreadable, Location.None, $"{path}: {exception.Message}"));
        }
    }
}
