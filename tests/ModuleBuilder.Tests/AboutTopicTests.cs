using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.ModuleBuilder.Tests;

public class AboutTopicTests
{
    [Fact]
    public void Format_Page_IsIndentedBelowItsHeadings()
    {
        var text = AboutTopic.Format(
            """
            # about_Sample

            ## Short description

            Tells of `samples`.

            ### In detail

            - first
              goes on
            1. second

            ```powershell
            Get-Sample   # as it is

            Test-Sample
            ```
            """);

        Assert.Equal(
            """
            TOPIC
                about_Sample

            SHORT DESCRIPTION

                Tells of samples.

              In detail

                - first goes on
                1. second

                    Get-Sample   # as it is

                    Test-Sample

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Format_LongListItem_HangsBelowItsText()
    {
        var lines = AboutTopic.Format("- " + string.Join(' ', Enumerable.Repeat("word", 30))).Split('\n');

        Assert.StartsWith("    - word", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("      word", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Format_AnyWords_KeepsAllWithin80Columns()
    {
        var word = Gen.Choose(1, 60).Select(length => new string('x', length));
        Prop.ForAll(Gen.ArrayOf(word).ToArbitrary(), words =>
        {
            var text = AboutTopic.Format(string.Join(' ', words));
            return text.Split('\n').All(line => line.Length <= 80)
                && text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).SequenceEqual(words);
        }).QuickCheckThrowOnFailure();
    }
}
