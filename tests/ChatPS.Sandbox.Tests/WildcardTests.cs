namespace ChatPS.Sandbox.Tests;

public sealed class WildcardTests
{
    [Theory]
    [InlineData(null, "anything", true)]
    [InlineData(null, null, true)]
    [InlineData("*", null, true)]
    [InlineData("", null, true)]
    [InlineData("", "a", false)]
    [InlineData("a?c", "AbC", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*b*d", "abcbd", true)]
    [InlineData("*b*d", "abcbde", false)]
    [InlineData("**", "x\ny", true)]
    [InlineData("*I*", "title", true)]
    [InlineData("[a]", "[a]", true)]
    [InlineData("[a]", "a", false)]
    public void IsMatch_Pattern_MatchesTheWholeText(string? pattern, string? text, bool expected)
    {
        Assert.Equal(expected, Wildcard.IsMatch(pattern, text));
    }

    [Fact]
    public void IsMatch_ManyStars_StaysQuick()
    {
        Assert.False(Wildcard.IsMatch(string.Concat(Enumerable.Repeat("*a", 50)) + "b", new string('a', 5000)));
    }
}
