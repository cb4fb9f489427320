using ChatPS.Prompts;

namespace ChatPS.Tests;

public sealed class FrontMatterTests
{
    private static readonly PromptSource Source = new("-PromptFile 'a.md'");

    [Fact]
    public void Read_TextWithoutFrontMatter_IsAllPrompt()
    {
        FrontMatter matter = FrontMatter.Read("Hello\n---\nx: y", Source);

        Assert.Empty(matter.Entries);
        Assert.Equal(("Hello\n---\nx: y", 1), (matter.Body, matter.BodyLine));
    }

    [Fact]
    public void Read_FrontMatter_StandsAboveThePrompt()
    {
        FrontMatter matter = FrontMatter.Read("---\n# a comment\nmodel: m\n\n---\nHello\n", Source);

        Assert.Equal(("model", 3), (matter.Entries[0].Key, matter.Entries[0].Line));
        Assert.Equal(("Hello\n", 6), (matter.Body, matter.BodyLine));
    }

    [Theory]
    [InlineData("gpt-4o", "gpt-4o")]
    [InlineData("Note: be brief # really", "Note: be brief")]
    [InlineData("a#b", "a#b")]
    [InlineData("12", 12L)]
    [InlineData("-0.5", -0.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("4.10", 4.1)]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("yes", "yes")]
    [InlineData("\"true\"", "true")]
    [InlineData("\"a\\n\\\"b\\\"\\u00e9\" # c", "a\n\"b\"é")]
    [InlineData("'it''s \\n'", "it's \\n")]
    [InlineData("''", "")]
    [InlineData("name, age int, level (low|high)", "name, age int, level (low|high)")]
    public void Read_Value_HasItsMeaning(string text, object expected) => Assert.Equal(expected, Assert.Single(Entry($"key: {text}").Values).Value);

    [Fact]
    public void Read_Number_IsKeptAsWritten() => Assert.Equal("4.10", Entry("key: 4.10").Values[0].Text);

    [Theory]
    [InlineData("key: [a, 'b, c', 3]", "a|b, c|3")]
    [InlineData("key: []", "")]
    [InlineData("key:\n  - a\n\n  # no\n  - \"b: c\"", "a|b: c")]
    [InlineData("key:\n- a\n- b", "a|b")]
    public void Read_List_HasItsItems(string text, string expected)
    {
        FrontMatterEntry entry = Entry(text);

        Assert.True(entry.IsList);
        Assert.Equal(expected, string.Join("|", entry.Values.Select(value => value.Text)));
    }

    [Theory]
    [InlineData("key: |\n  a\n    b\n\n  # c\nnext: 1", "a\n  b\n\n# c\n")]
    [InlineData("key: |-\n  a\n  b\nnext: 1", "a\nb")]
    public void Read_Block_IsTakenAsItIs(string text, string expected)
    {
        FrontMatter matter = FrontMatter.Read($"---\n{text}\n---\nHi", Source);

        Assert.Equal(expected, matter.Entries[0].Values[0].Text);
        Assert.Equal(["key", "next"], matter.Entries.Select(entry => entry.Key));
    }

    [Theory]
    [InlineData("model m", "line 2", "is no key: value")]
    [InlineData("a: 1\nA: 2", "line 3", "second time; the first is in line 2")]
    [InlineData("a:\nb: 1", "line 2", "has no value")]
    [InlineData("a: ~", "line 2", "there is no value")]
    [InlineData("a: 1\n  b: 2", "line 3", "indented")]
    [InlineData("a: {b: c}", "line 2", "begins with '{'")]
    [InlineData("a: &x", "line 2", "begins with '&'")]
    [InlineData("a: [1, 2", "line 2", "does not end")]
    [InlineData("a: \"x", "line 2", "not closed")]
    [InlineData("a: 'x' y", "line 2", "stands behind")]
    [InlineData("a: \"\\q\"", "line 2", "not known")]
    [InlineData("a: |\nb: 1", "line 2", "no text below")]
    public void Read_LineThatCannotBeRead_IsNamed(string text, string line, string problem)
    {
        string message = Assert.Throws<ChatServiceException>(() => FrontMatter.Read($"---\n{text}\n---\nHi", Source)).Message;

        Assert.Contains("-PromptFile 'a.md', " + line + ":", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FrontMatterWithoutEnd_SaysSo() =>
        Assert.Contains("does not end", Assert.Throws<ChatServiceException>(() => FrontMatter.Read("---\na: 1\n", Source)).Message, StringComparison.Ordinal);

    private static FrontMatterEntry Entry(string text) => Assert.Single(FrontMatter.Read($"---\n{text}\n---\nHi", Source).Entries);
}
