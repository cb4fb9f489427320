using System.Management.Automation;
using System.Reflection;
using ChatPS.Client.Resources;
using ChatPS.ResourceGenerator;

namespace ChatPS.Tests.Resources;

/// <summary>The cmdlets and help pages that are made of the descriptions of resources.</summary>
public sealed class ResourceCmdletTests
{
    private static readonly string Folder = Repository.PathOf("src/ChatPS/Resources");

    public static TheoryData<string> Cmdlets => [.. Described().Select(described => Name(described.Resource, described.Cmdlet))];

    [Fact]
    public void Descriptions_Kinds_AreThoseOfTheEngine() => Assert.Equal(
        typeof(ResourceKinds).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(kind => kind.Name).Order(StringComparer.Ordinal),
        Described().Select(described => described.Resource.Kind).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_OfADescription_HasItsParameters(string name)
    {
        (ResourceDescription resource, VerbDescription cmdlet) = Find(name);
        Type type = Assert.Single(Surface.Cmdlets, type => Surface.Name(type) == name);

        Assert.Empty(ResourceParameter.Of(resource, cmdlet).Select(parameter => parameter.Name).Except(Surface.Parameters(type).Select(parameter => parameter.Name), StringComparer.Ordinal));
        Assert.Equal(cmdlet.Verb != "Get", Surface.Attributes<CmdletAttribute>(type).Single().NamedArguments.Any(argument => argument.MemberName == nameof(CmdletAttribute.SupportsShouldProcess)));
    }

    // CHATPS_RENEW_DOCS=1 writes the pages anew.
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_OfADescription_IsWhatItTells(string name)
    {
        (ResourceDescription resource, VerbDescription cmdlet) = Find(name);
        string path = Repository.PathOf($"docs/cmdlets/{name}.md");
        string page = HelpWriter.Write(resource, cmdlet);
        if (Environment.GetEnvironmentVariable("CHATPS_RENEW_DOCS") is { Length: > 0 })
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_OfADescription_HasTwoExamples(string name) => Assert.All([Find(name).Cmdlet], cmdlet => Assert.InRange(cmdlet.Examples.Count, 2, 9));

    [Fact]
    public void Description_WithoutAName_SaysWhatIsMissing()
    {
        FormatException failure = Assert.Throws<FormatException>(() => ResourceDescription.Read("""<resources><resource noun="ChatThing" plural="things" /></resources>"""));

        Assert.Contains("'name'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cmdlet_OfANumber_ChecksItsRange()
    {
        ResourceDescription resource = Assert.Single(ResourceDescription.Read(
            """
            <resources>
              <resource noun="ChatThing" name="thing" plural="things">
                <field name="Size" wire="shape.size" type="integer" in="New" least="1" most="9" help="The size."><along wire="shape.unit" value="m" /></field>
                <cmdlet verb="New" synopsis="Makes things."><about>Makes a thing.</about></cmdlet>
              </resource>
            </resources>
            """));

        string source = CmdletWriter.Write(resource, resource.Verbs[0]);

        Assert.Contains("fields.PutNumber(\"shape.size\", Size, 1, 9, \"-Size\");", source, StringComparison.Ordinal);
        Assert.Contains("fields.Put(\"shape.unit\", \"m\");", source, StringComparison.Ordinal);
        Assert.Contains("SupportsShouldProcess = true", source, StringComparison.Ordinal);
    }

    private static IEnumerable<(ResourceDescription Resource, VerbDescription Cmdlet)> Described() =>
        Directory.GetFiles(Folder, "*.resources.xml").SelectMany(file => ResourceDescription.Read(File.ReadAllText(file))).SelectMany(resource => resource.Verbs.Select(cmdlet => (resource, cmdlet)));

    private static (ResourceDescription Resource, VerbDescription Cmdlet) Find(string name) => Described().Single(described => Name(described.Resource, described.Cmdlet) == name);

    private static string Name(ResourceDescription resource, VerbDescription cmdlet) => $"{cmdlet.Verb}-{resource.Noun}";
}
