namespace ChatPS.ModuleBuilder.Tests;

public class SharedParametersTests
{
    private const string Path = "docs/shared-parameters.md";

    private static readonly SharedParameters Shared = new(Path, """
        # Parameters that several commands share

        ## What is named

        ### -Id

        The number of the **shelf**.

        ## Trying hard

        ### -Id

        Another number.

        ### -Effort

        How hard all try.
        """);

    // The page, with links to chapters and without what it says of -Id.
    private static HelpPage PageWith(params string[] chapters) => Samples.Read(Samples.Page
        .Replace("## PARAMETERS", "## PARAMETERS\n\nSee " + string.Join(" and ", chapters.Select(chapter => $"[it](../shared-parameters.md#{chapter})")), StringComparison.Ordinal)
        .Replace("### -Id\n\nThe number.", "", StringComparison.Ordinal));

    private static string? TextOf(HelpPage page, string parameter) => page.Parameters.SingleOrDefault(entry => entry.Name == parameter)?.Text.Single();

    private static IEnumerable<string> Errors(HelpPage page) => Shared.Check([Samples.Cmdlet], [page]).Select(error => error.ToString());

    [Fact]
    public void Complete_ParameterThatThePageLeavesOut_IsDescribedByTheChapter()
    {
        var page = Shared.Complete(Samples.Cmdlet, PageWith("what-is-named"));

        Assert.Equal("The number of the shelf.", TextOf(page, "Id"));
        Assert.Empty(HelpChecker.Check([Samples.Cmdlet], [page], Samples.Directory));
    }

    [Fact]
    public void Complete_ParameterThatThePageDescribes_KeepsItsWords()
    {
        Assert.Equal("How hard it tries.", TextOf(Shared.Complete(Samples.Cmdlet, PageWith("trying-hard")), "Effort"));
    }

    [Fact]
    public void Complete_ChaptersThatDescribeTheSame_TheFirstLinkCounts()
    {
        Assert.Equal("Another number.", TextOf(Shared.Complete(Samples.Cmdlet, PageWith("trying-hard", "what-is-named")), "Id"));
    }

    [Fact]
    public void Complete_PageWithoutLink_TakesNothing()
    {
        var page = Shared.Complete(Samples.Cmdlet, PageWith());

        Assert.Null(TextOf(page, "Id"));
        Assert.Equal(["HELP005"], HelpChecker.Check([Samples.Cmdlet], [page], Samples.Directory).Select(error => error.Code));
    }

    [Fact]
    public void Check_DescriptionThatNoPageTakes_PointsAtItsLine()
    {
        Assert.Equal(
            [$"{Path}(11): error HELP010: No page takes this description of -Id.", $"{Path}(15): error HELP010: No page takes this description of -Effort."],
            Errors(PageWith("what-is-named", "trying-hard")));
    }

    [Fact]
    public void Check_LinkToAChapterThatIsNotThere_IsNamed()
    {
        Assert.Contains("docs/Test-Sample.md(1): error HELP009: shared-parameters.md has no chapter #nowhere.", Errors(PageWith("nowhere")));
    }
}
