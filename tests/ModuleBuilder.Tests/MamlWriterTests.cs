using System.Xml.Linq;

namespace ChatPS.ModuleBuilder.Tests;

public class MamlWriterTests
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly XElement Written = MamlWriter.Write([Samples.Cmdlet], [Samples.Read()]).Root!.Element(Command + "command")!;

    private static XElement Parameter(string name) =>
        Written.Element(Command + "parameters")!.Elements().Single(parameter => parameter.Element(Maml + "name")!.Value == name);

    [Fact]
    public void Write_Details_TellNameAndSynopsis()
    {
        var details = Written.Element(Command + "details")!;

        Assert.Equal(["Test-Sample", "Test", "Sample", "Tests a *sample* of the goods."], details.Elements().Select(element => element.Value));
    }

    [Fact]
    public void Write_Syntax_HasOneItemPerSetTheDefaultFirst()
    {
        var items = Written.Element(Command + "syntax")!.Elements()
            .Select(item => item.Elements(Command + "parameter").Select(parameter => parameter.Element(Maml + "name")!.Value));

        Assert.Equal(
            [["Name", "Effort", "Day", "Body", "Quiet", "WhatIf", "Confirm"], ["Id", "Effort", "Day", "Body", "Quiet", "WhatIf", "Confirm"]],
            items);
    }

    [Fact]
    public void Write_SyntaxOfSwitch_HasNoValue()
    {
        var quiet = Written.Descendants(Command + "syntaxItem").First().Elements(Command + "parameter")
            .Single(parameter => parameter.Element(Maml + "name")!.Value == "Quiet");

        Assert.Null(quiet.Element(Command + "parameterValue"));
    }

    [Fact]
    public void Write_Parameter_CarriesWhatTheAssemblyDeclares()
    {
        var name = Parameter("Name");

        Assert.Equal(
            ["true", "true", "true", "True (ByPropertyName, ByValue)", "0", "n, Title"],
            name.Attributes().Select(attribute => attribute.Value));
        Assert.Equal("The name. Wildcards are allowed.", name.Element(Maml + "description")!.Value);
        Assert.Equal("String[]", name.Element(Command + "parameterValue")!.Value);
        Assert.Equal("None", name.Element(Dev + "defaultValue")!.Value);
        Assert.Equal("low, or what the connection says", Parameter("Effort").Element(Dev + "defaultValue")!.Value);
        Assert.Equal("named", Parameter("Id").Attribute("position")!.Value);
        Assert.Equal("wi", Parameter("WhatIf").Attribute("aliases")!.Value);
    }

    [Fact]
    public void Write_Examples_HoldTitleCodeAndRemarks()
    {
        var example = Written.Element(Command + "examples")!.Elements().First();

        Assert.Equal("---------- Example 1: By name ----------", example.Element(Maml + "title")!.Value);
        Assert.Equal("# Not a heading\nTest-Sample a*", example.Element(Dev + "code")!.Value);
        Assert.Equal("Finds those that begin with an a.", example.Element(Dev + "remarks")!.Value);
    }

    [Fact]
    public void Write_PageWithoutOutputs_TellsTheDeclaredTypes()
    {
        var page = Samples.Read() with { Outputs = [] };

        var values = MamlWriter.Write([Samples.Cmdlet], [page]).Descendants(Command + "returnValue");

        Assert.Equal(["System.String", "System.Version", "Sample.Answer"], values.Select(value => value.Value));
    }

    [Fact]
    public void Write_CmdletWithoutPage_IsLeftToPowerShell()
    {
        Assert.Empty(MamlWriter.Write([Samples.Cmdlet], []).Root!.Elements());
    }
}
