namespace ChatPS.ModuleBuilder.Tests;

public class HelpPageReaderTests
{
    [Fact]
    public void Read_Prose_IsPlainText()
    {
        var page = Samples.Read();

        Assert.Equal("Test-Sample", page.Name);
        Assert.Equal(["Tests a *sample* of the goods."], page.Synopsis);
        Assert.Equal(
            ["The first paragraph runs over two lines.", "- one item", "- another, see the guide or the site (https://example.com/a)"],
            page.Description);
        Assert.Equal(["Mind the goods."], page.Notes);
    }

    [Fact]
    public void Read_Examples_KeepCodeAsItIs()
    {
        var examples = Samples.Read().Examples;

        Assert.Equal(["Example 1: By name", "Example 2: By number"], examples.Select(example => example.Title));
        Assert.Equal("# Not a heading\nTest-Sample a*", examples[0].Code);
        Assert.Equal(["Finds those that begin with an a."], examples[0].Remarks);
        Assert.Empty(examples[1].Remarks);
    }

    [Fact]
    public void Read_ExampleWithOutputBlock_TellsItInTheRemarks()
    {
        var example = Samples.Read("# A\n\n## EXAMPLES\n\n### One\n\nBefore.\n\n```powershell\nGet-A\n```\n\n```text\nName\n----\n```\n").Examples[0];

        Assert.Equal("Get-A", example.Code);
        Assert.Equal(["Before.", "Name\n----"], example.Remarks);
    }

    [Fact]
    public void Read_Parameter_LeavesTheMetadataBlockOut()
    {
        var name = Samples.Read().Parameters[0];

        Assert.Equal("Name", name.Name);
        Assert.Equal(["The name. Wildcards are allowed."], name.Text);
        Assert.Equal("### -Name", Samples.Page.ReplaceLineEndings("\n").Split('\n')[name.Line - 1]);
    }

    [Fact]
    public void Read_Links_KeepOnlyWebAddresses()
    {
        Assert.Equal([new HelpLink("Get-Sample", ""), new HelpLink("The site", "https://example.com/a")], Samples.Read().Links);
    }

    [Theory]
    [InlineData("a `gpt-*` and `*-mini`", "a gpt-* and *-mini")]
    [InlineData("*very* **strong** 2 * 3 * 4", "very strong 2 * 3 * 4")]
    [InlineData(@"\<Name\> and snake_case_name", "<Name> and snake_case_name")]
    [InlineData("``a ` b``", "a ` b")]
    public void Plain_Marks_AreTakenAway(string markdown, string expected)
    {
        Assert.Equal(expected, Markdown.Plain(markdown));
    }
}
