using ChatPS.Prompts;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Tests;

public sealed class PromptTemplateTests
{
    private static readonly PromptSource Source = new("-PromptFile 'a.md'");

    private static readonly Gen<string> Texts =
        from count in Gen.Choose(0, 6)
        from parts in Gen.Elements("a", "\n", "}", "}}", "$(x)", "`", "{ ", "é", " ").ListOf(count)
        select string.Concat(parts);

    private static readonly Gen<string> Values =
        from count in Gen.Choose(0, 4)
        from parts in Gen.Elements("{{x}}", "{{{{", "}}", "v", "$(Remove-Item x)", "\n", "").ListOf(count)
        select string.Concat(parts);

    [Theory]
    [InlineData("no placeholder", "no placeholder")]
    [InlineData("{{a}}", "1")]
    [InlineData("{{ a }} and {{b.c}}", "1 and 2")]
    [InlineData("{{{{a}}", "{{a}}")]
    [InlineData("{{{{{{a}}}}", "{{1}}")]
    [InlineData("{\"a\": {\"b\": 1}}", "{\"a\": {\"b\": 1}}")]
    public void Fill_Text_PutsValuesInTheirPlaces(string text, string expected) =>
        Assert.Equal(expected, Parse(text).Fill(name => name switch { "a" => "1", "b.c" => "2", _ => null }));

    [Fact]
    public void Fill_AnyValues_StandAsTheyAreAndTheTextAroundThemStays() => Prop.ForAll(
        (from before in Texts from first in Values from between in Texts from second in Values from after in Texts select (before, first, between, second, after)).ToArbitrary(),
        sample =>
        {
            (string before, string first, string between, string second, string after) = sample;
            PromptTemplate template = Parse($"{before}{{{{x}}}}{between}{{{{y}}}}{after}");

            Assert.Equal(before + first + between + second + after, template.Fill(name => name == "x" ? first : second));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fill_AnyTextWithBracesDoubled_IsTheText() => Prop.ForAll(
        (from before in Texts from value in Values select before + value).ToArbitrary(),
        text => Assert.Equal(text, Parse(text.Replace("{{", "{{{{", StringComparison.Ordinal)).Fill(_ => null))).QuickCheckThrowOnFailure();

    [Fact]
    public void Fill_ValueThatIsMissing_NamesPlaceholderAndLine()
    {
        string message = Assert.Throws<ChatServiceException>(() => PromptTemplate.Parse("one\n{{a}}\nthree {{b}}", Source, 5).Fill(name => name == "a" ? "\n\n" : null)).Message;

        Assert.Contains("-PromptFile 'a.md', line 7: there is no value for {{b}}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n{{", "line 2")]
    [InlineData("{{}}", "line 1")]
    [InlineData("{{ \n x}}", "line 1")]
    [InlineData("{{a {b}}", "line 1")]
    public void Parse_BracesThatBeginNoPlaceholder_AreAnError(string text, string line)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Parse(text));

        Assert.Contains(line, failure.Message, StringComparison.Ordinal);
        Assert.Contains("{{{{", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void PromptFile_BlankLinesAboveThePrompt_CountAsLines()
    {
        PromptFile file = PromptFile.Parse("---\r\nmodel: m\r\n---\r\n\r\n\r\nHello {{x}}\r\n", "a.md");

        Assert.Equal("Hello 1", file.Prompt.Fill(_ => "1"));
        Assert.Contains("line 6", Assert.Throws<ChatServiceException>(() => file.Prompt.Fill(_ => null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("---\nmodel: m\n---\n \n")]
    public void PromptFile_WithoutAPrompt_SaysSo(string text) =>
        Assert.Contains("there is no prompt", Assert.Throws<ChatServiceException>(() => PromptFile.Parse(text, "a.md")).Message, StringComparison.Ordinal);

    private static PromptTemplate Parse(string text) => PromptTemplate.Parse(text, Source, 1);
}
