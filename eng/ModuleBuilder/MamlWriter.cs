using System.Globalization;
using System.Xml.Linq;

namespace ChatPS.ModuleBuilder;

/// <summary>Writes MAML, the XML that Get-Help reads. Facts come from the assembly, prose from the pages.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly (ParameterDeclaration Parameter, string Text)[] ShouldProcess =
    [
        (Switch("WhatIf", "wi"), "Shows what would happen. Nothing is changed."),
        (Switch("Confirm", "cf"), "Asks before anything is changed."),
    ];

    /// <summary>Help for every cmdlet that has a page; PowerShell makes up the rest from the declarations.</summary>
    public static XDocument Write(IEnumerable<CmdletDeclaration> cmdlets, IReadOnlyList<HelpPage> pages) =>
        new(new XElement(
            Help + "helpItems",
            new XAttribute("schema", "maml"),
            cmdlets.Join(pages, cmdlet => cmdlet.Name, page => page.Name, Cmdlet, StringComparer.Ordinal)));

    private static XElement Cmdlet(CmdletDeclaration cmdlet, HelpPage page)
    {
        var texts = page.Parameters.ToDictionary(entry => entry.Name, entry => entry.Text, StringComparer.Ordinal);
        var parameters = cmdlet.Parameters;
        if (cmdlet.SupportsShouldProcess)
        {
            parameters = [.. parameters, .. ShouldProcess.Select(common => common.Parameter)];
            foreach (var (parameter, text) in ShouldProcess)
            {
                texts.TryAdd(parameter.Name, [text]);
            }
        }

        var outputs = page.Outputs.Count > 0 ? page.Outputs : [.. cmdlet.OutputTypes.Select(type => new HelpEntry(type, 0, []))];

        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                Description(page.Synopsis)),
            Description(page.Description),
            new XElement(Command + "syntax", Sets(cmdlet).Select(set => Syntax(cmdlet.Name, parameters, set, texts))),
            new XElement(
                Command + "parameters",
                parameters.OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
                    .Select(parameter => Parameter(parameter, parameter.Sets[0], texts, inSyntax: false))),
            new XElement(Command + "inputTypes", page.Inputs.Select(entry => Type("inputType", entry))),
            new XElement(Command + "returnValues", outputs.Select(entry => Type("returnValue", entry))),
            new XElement(Maml + "alertSet", page.Notes.Count == 0 ? null : new XElement(Maml + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", page.Links.Select(Link)));
    }

    private static List<string> Sets(CmdletDeclaration cmdlet)
    {
        var sets = cmdlet.Parameters.SelectMany(parameter => parameter.Sets)
            .Where(membership => !membership.IsInAll)
            .Select(membership => membership.Set)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(set => set == cmdlet.DefaultParameterSet)
            .ToList();
        return sets.Count > 0 ? sets : [ParameterSetMembership.All];
    }

    private static XElement Syntax(string name, IEnumerable<ParameterDeclaration> parameters, string set, IReadOnlyDictionary<string, IReadOnlyList<string>> texts) =>
        new(
            Command + "syntaxItem",
            new XElement(Maml + "name", name),
            from parameter in parameters
            let membership = parameter.In(set)
            where membership is not null
            orderby membership.Position ?? int.MaxValue, membership.Mandatory descending
            select Parameter(parameter, membership, texts, inSyntax: true));

    private static XElement Parameter(
        ParameterDeclaration parameter,
        ParameterSetMembership membership,
        IReadOnlyDictionary<string, IReadOnlyList<string>> texts,
        bool inSyntax)
    {
        var hasValue = !inSyntax || !parameter.IsSwitch;
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Flag(membership.Mandatory)),
            new XAttribute("variableLength", Flag(parameter.IsArray)),
            new XAttribute("globbing", Flag(parameter.AcceptsWildcards)),
            new XAttribute("pipelineInput", PipelineInput(membership)),
            new XAttribute("position", membership.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(texts.TryGetValue(parameter.Name, out var text) ? text : []),
            inSyntax && parameter.Values.Count > 0
                ? new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => Value(value, parameter, required: false)))
                : null,
            hasValue ? Value(parameter.TypeName, parameter, !parameter.IsSwitch) : null,
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.DefaultValue ?? (parameter.IsSwitch ? "False" : "None")));
    }

    private static XElement Value(string name, ParameterDeclaration parameter, bool required) =>
        new(
            Command + "parameterValue",
            new XAttribute("required", Flag(required)),
            new XAttribute("variableLength", Flag(parameter.IsArray)),
            name);

    private static string PipelineInput(ParameterSetMembership membership) => membership switch
    {
        { FromPipeline: true, FromPipelineByPropertyName: true } => "True (ByPropertyName, ByValue)",
        { FromPipeline: true } => "True (ByValue)",
        { FromPipelineByPropertyName: true } => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement Type(string element, HelpEntry entry) =>
        new(Command + element, new XElement(Dev + "type", new XElement(Maml + "name", entry.Name)), Description(entry.Text));

    private static XElement Example(HelpExample example) =>
        new(
            Command + "example",
            new XElement(Maml + "title", $"---------- {example.Title} ----------"),
            new XElement(Dev + "code", example.Code),
            new XElement(Dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement Link(HelpLink link) =>
        new(Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Uri));

    private static XElement Description(IReadOnlyList<string> text) => new(Maml + "description", Paragraphs(text));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> text) => text.Select(paragraph => new XElement(Maml + "para", paragraph));

    private static string Flag(bool value) => value ? "true" : "false";

    private static ParameterDeclaration Switch(string name, string alias) =>
        new(name, "SwitchParameter") { Aliases = [alias], Sets = [new ParameterSetMembership(ParameterSetMembership.All)] };
}
