namespace ChatPS.ModuleBuilder.Tests;

public class HelpCheckerTests
{
    private static List<BuildError> Check(params HelpPage[] pages) => [.. HelpChecker.Check([Samples.Cmdlet], pages, Samples.Directory)];

    private static List<BuildError> Check(string replaced, string with) => Check(Samples.Read(Samples.Page.Replace(replaced, with, StringComparison.Ordinal)));

    [Fact]
    public void Check_WholePage_FindsNothing()
    {
        Assert.Empty(Check(Samples.Read()));
    }

    [Fact]
    public void Check_NoPage_NamesTheFileThatIsMissing()
    {
        var error = Assert.Single(Check());

        Assert.Equal("HELP001", error.Code);
        Assert.Equal(Path.Combine(Samples.Directory, "Test-Sample.md"), error.Path);
    }

    [Fact]
    public void Check_PageWithoutCmdlet_IsAnError()
    {
        Assert.Equal(["HELP002"], Check(Samples.Read(), HelpPageReader.Read("docs/Get-Nothing.md", "# Get-Nothing")).Select(error => error.Code));
    }

    [Theory]
    [InlineData("# Test-Sample", "# Test-Samples", "HELP003")]
    [InlineData("## SYNOPSIS", "## SUMMARY", "HELP004")]
    [InlineData("The number.", "", "HELP005")]
    [InlineData("### -Quiet", "### -Verbose", "HELP005")]
    [InlineData("### Example 2: By number", "", "HELP007")]
    public void Check_Gap_IsNamed(string replaced, string with, string code)
    {
        Assert.Equal(code, Assert.Single(Check(replaced, with)).Code);
    }

    [Fact]
    public void Check_UnknownParameter_PointsAtItsLine()
    {
        var error = Assert.Single(Check("## INPUTS", "### -Colour\n\nRed.\n\n## INPUTS"));

        var line = Samples.Page.ReplaceLineEndings("\n").Split('\n').ToList().IndexOf("## INPUTS") + 1;
        Assert.Equal($"docs/Test-Sample.md({line}): error HELP006: Test-Sample has no parameter -Colour.", error.ToString());
    }

    [Fact]
    public void Check_ExampleWithoutCode_IsAnError()
    {
        Assert.Equal(["HELP008"], Check("## PARAMETERS", "### Example 3\n\nOnly words.\n\n## PARAMETERS").Select(error => error.Code));
    }
}
