using ChatPS.Sandbox.Play;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Sandbox.Tests;

public sealed class TokensTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("Hello, world!", 4)]
    [InlineData("  don't  ", 4)]
    [InlineData("你好世界", 4)]
    [InlineData("コード한국", 5)]
    [InlineData("snake_case 3.14", 4)]
    [InlineData("👋🏽", 2)]
    public void Count_Text_IsAsExpected(string text, int expected)
    {
        Assert.Equal(expected, Tokens.Count(text));
        Assert.Equal(expected, Tokens.Split(text).Count);
    }

    [Fact]
    public void Split_AnyText_GivesItBack()
    {
        Prop.ForAll<NonNull<string>>(text => string.Concat(Tokens.Split(text.Get)) == text.Get && Tokens.Split(text.Get).Count == Tokens.Count(text.Get))
            .QuickCheckThrowOnFailure();
    }
}
