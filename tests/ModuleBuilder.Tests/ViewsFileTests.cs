using System.Xml.Linq;

namespace ChatPS.ModuleBuilder.Tests;

public class ViewsFileTests
{
    private static readonly IReadOnlyList<string> Classes = TypesFile.Classes(typeof(ChatMessage).Assembly);

    private static readonly ViewDescription Description = new("Models.ps1xml", XDocument.Parse(
        """
        <Configuration>
          <ViewDefinitions>
            <!-- As a table. -->
            <View>
              <Name>ChatModel</Name>
              <ViewSelectedBy>
                <TypeName>ChatPS.ChatModel</TypeName>
                <TypeName>ChatPS.ChatQuota</TypeName>
              </ViewSelectedBy>
              <TableControl />
            </View>
          </ViewDefinitions>
        </Configuration>
        """,
        LoadOptions.SetLineInfo));

    private static readonly IReadOnlyList<ViewDescription> Shipped = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "views"), "*.ps1xml").Select(ViewDescription.Read)];

    private static readonly IReadOnlySet<string> WithoutText = PrintableCells.WithoutText(typeof(ChatMessage).Assembly);

    private static CmdletDeclaration Emits(params string[] types) => new("Get", "ChatSample") { OutputTypes = types };

    private static IEnumerable<string> Check(IReadOnlyList<string> classes, CmdletDeclaration cmdlet) =>
        ViewsFile.Check("views", [Description], classes, [cmdlet]).Select(error => error.ToString());

    [Fact]
    public void Write_EachType_KeepsItsViewInAnotherSession()
    {
        Assert.Equal(
            "<Configuration><ViewDefinitions><View><Name>ChatModel</Name><ViewSelectedBy>"
            + "<TypeName>ChatPS.ChatModel</TypeName><TypeName>Deserialized.ChatPS.ChatModel</TypeName>"
            + "<TypeName>ChatPS.ChatQuota</TypeName><TypeName>Deserialized.ChatPS.ChatQuota</TypeName>"
            + "</ViewSelectedBy><TableControl /></View></ViewDefinitions></Configuration>",
            ViewsFile.Write([Description], WithoutText).ToString(SaveOptions.DisableFormatting));
    }

    [Fact]
    public void Write_SeveralFiles_KeepsTheirOrder()
    {
        var names = ViewsFile.Write(Shipped, WithoutText).Descendants("View").Select(view => view.Element("Name")!.Value);

        Assert.Equal(Shipped.SelectMany(description => description.Views).Select(view => view.Element("Name")!.Value), names);
    }

    [Fact]
    public void Write_CellsWithText_ShowItsPrintableForm()
    {
        var written = ViewsFile.Write(Shipped, WithoutText);

        var bare = written.Descendants("PropertyName").Select(property => property.Value).Distinct(StringComparer.Ordinal);
        Assert.All(bare, name => Assert.Contains(name, WithoutText));
        Assert.All(
            written.Descendants("ScriptBlock").Where(script => !script.Value.StartsWith("$PSStyle.", StringComparison.Ordinal)),
            script => Assert.EndsWith($" -replace '{PrintableCells.Unprintable}', '\uFFFD'", script.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_LinesOfLists_KeepTheirNames()
    {
        var written = ViewsFile.Write(Shipped, WithoutText);

        Assert.All(written.Descendants("ListItem").Where(item => item.Element("ScriptBlock") is not null), item => Assert.NotNull(item.Element("Label")));
    }

    [Fact]
    public void Check_TypeThatIsNotThere_IsNamedWithItsPlace()
    {
        Assert.Equal(["Models.ps1xml(8): error VIEWS001: There is no public class ChatPS.ChatQuota."], Check(["ChatPS.ChatModel"], Emits()));
    }

    [Fact]
    public void Check_TypeThatACmdletEmits_NeedsAView()
    {
        Assert.Equal(
            ["views(1): error VIEWS002: Get-ChatSample emits ChatPS.ChatMessage, which has no view."],
            Check(Classes, Emits("System.Boolean", "ChatPS.ChatModel", "ChatPS.ChatMessage")));
    }

    [Fact]
    public void Check_FamilyOfAView_IsOneFileAlone()
    {
        var types = Shipped.SelectMany(description => description.Types.Select(type => type.Value).Distinct(StringComparer.Ordinal));

        Assert.Equal(types.Distinct(StringComparer.Ordinal), types);
    }
}
