using System.Xml.Linq;

namespace ChatPS.ModuleBuilder.Tests;

public class TypesFileTests
{
    private static readonly XDocument Description = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "ChatPS.Types.ps1xml"));

    private static readonly IReadOnlyList<string> Classes = TypesFile.Classes(typeof(ChatMessage).Assembly);

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Shown = ShownProperties.Read(
        typeof(ChatMessage).Assembly, [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "views"), "*.ps1xml").Select(ViewDescription.Read)]);

    private static XDocument DescriptionWith(string name, string members) =>
        new(new XElement("Types", Description.Root!.Elements(), XElement.Parse($"<Type><Name>{name}</Name><Members>{members}</Members></Type>")));

    private static XElement MembersOf(XDocument written, string name) =>
        written.Root!.Elements("Type").Single(type => type.Element("Name")!.Value == name).Element("Members")!;

    [Fact]
    public void Classes_OfThePublicObjects_LackOnlyWhatThereAreNoObjectsOfAndExceptions()
    {
        var others = typeof(ChatMessage).Assembly.GetExportedTypes().Where(type => type.IsClass).Select(type => type.FullName!).Except(Classes, StringComparer.Ordinal);

        Assert.Equal([typeof(ChatAnswer).FullName, typeof(ChatAnswerUpdate).FullName, typeof(ChatServiceException).FullName], others.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_EachClass_GoesToAnotherSessionWithWhatItHolds()
    {
        var written = TypesFile.Write(Description, Shown);

        Assert.Equal(Classes, written.Root!.Elements("Type").Select(type => type.Element("Name")!.Value));
        Assert.All(Classes, name => Assert.Equal(
            "<NoteProperty><Name>SerializationDepth</Name><Value>4</Value></NoteProperty>",
            MembersOf(written, name).Elements("MemberSet").Single().Descendants("NoteProperty").Single(note => note.Element("Name")!.Value == "SerializationDepth").ToString(SaveOptions.DisableFormatting)));
    }

    [Fact]
    public void Write_EachClass_ShowsAmongOthersWhatItHas()
    {
        var written = TypesFile.Write(Description, Shown);

        Assert.All(Classes, name =>
        {
            var properties = typeof(ChatMessage).Assembly.GetType(name)!.GetProperties().Select(property => property.Name);
            var shown = MembersOf(written, name).Descendants("PropertySet").Single().Descendants("ReferencedProperties").Single().Elements("Name").Select(element => element.Value).ToList();
            Assert.NotEmpty(shown);
            Assert.Subset(properties.ToHashSet(StringComparer.Ordinal), shown.ToHashSet(StringComparer.Ordinal));
        });
    }

    [Theory]
    [InlineData("ChatPS.ChatModel", "Id OwnedBy Created RetiresAt Connection")]
    [InlineData("ChatPS.ChatCompletion", "Text FinishReason Model Usage Cost Elapsed")]
    [InlineData("ChatPS.ChatConnectionTest", "Connection Success Reachable Authenticated Latency ModelCount ErrorId")]
    public void Write_ShownProperties_AreThoseOfTheTableOrOfTheClassItself(string name, string properties) => Assert.Equal(
        properties.Split(' '),
        MembersOf(TypesFile.Write(Description, Shown), name).Descendants("ReferencedProperties").Single().Elements("Name").Select(element => element.Value));

    [Fact]
    public void Write_MembersOfOneClass_ComeWithThoseOfAll()
    {
        var description = DescriptionWith("ChatPS.ChatModel", """
            <AliasProperty><Name>Name</Name><ReferencedMemberName>Id</ReferencedMemberName></AliasProperty>
            <MemberSet><Name>PSStandardMembers</Name><Members>
              <NoteProperty><Name>SerializationDepth</Name><Value>2</Value></NoteProperty>
              <NoteProperty><Name>DefaultDisplayProperty</Name><Value>Id</Value></NoteProperty>
            </Members></MemberSet>
            """);

        var written = TypesFile.Write(description, Shown);

        Assert.Equal(["PSStandardMembers", "Name"], MembersOf(written, "ChatPS.ChatModel").Elements().Select(member => member.Element("Name")!.Value));
        Assert.Equal(
            ["SerializationDepth=2", "DefaultDisplayProperty=Id"],
            MembersOf(written, "ChatPS.ChatModel").Descendants("NoteProperty").Select(note => $"{note.Element("Name")!.Value}={note.Element("Value")!.Value}"));
        Assert.Equal(["4"], MembersOf(written, "ChatPS.ChatMessage").Descendants("Value").Select(value => value.Value));
    }

    [Fact]
    public void Check_ClassThatIsNotThere_IsNamed()
    {
        var error = Assert.Single(TypesFile.Check("types.ps1xml", DescriptionWith("ChatPS.ChatNothing", ""), Classes));

        Assert.Equal("types.ps1xml(1): error TYPES001: There is no public class ChatPS.ChatNothing.", error.ToString());
    }

    [Fact]
    public void Check_Description_NamesOnlyWhatIsThere()
    {
        Assert.Empty(TypesFile.Check("types.ps1xml", Description, Classes));
    }
}
