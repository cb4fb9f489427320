using ChatPS.Client.Usage;

namespace ChatPS.Client.Tests.Kept;

/// <summary>Estimates of tokens: within a third of what usual tokenizers count.</summary>
public sealed class TextTokensTests
{
    // The numbers are those of the tokenizers o200k and cl100k, the least and the most of both.
    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10, 10)]
    [InlineData("Summarise this ticket in one sentence: the printer on the third floor is on fire.", 16, 18)]
    [InlineData("Get-ChildItem -Path C:\\Windows -Recurse | Where-Object Length -gt 1MB", 17, 19)]
    [InlineData("{\"name\":\"Paris\",\"population\":2102650,\"capital\":true}", 14, 18)]
    [InlineData("给我讲一个笑话吧，谢谢你。", 8, 17)]
    [InlineData("今日は天気がいいですね。散歩に行きましょう。", 14, 24)]
    [InlineData("안녕하세요. 오늘 날씨가 정말 좋네요.", 11, 22)]
    [InlineData("Der Drucker im dritten Stock brennt, bitte schicken Sie jemanden.", 14, 19)]
    [InlineData("Принтер на третьем этаже горит, пришлите кого-нибудь.", 15, 25)]
    [InlineData("", 0, 0)]
    public void Estimate_TextOfAnyScript_IsAboutRight(string text, int least, int most) =>
        Assert.InRange(TextTokens.Estimate(text), (int)Math.Floor(least / 1.34), (int)Math.Ceiling(most * 1.34));

    [Fact]
    public void Estimate_LongText_IsQuickAndGrowsWithIt()
    {
        string text = string.Concat(Enumerable.Repeat("Another sentence of eight quite ordinary words. ", 20_000));

        Assert.InRange(TextTokens.Estimate(text), 140_000, 220_000);
    }

    [Fact]
    public void Estimate_HalfAnEmoji_IsCounted() => Assert.Equal(2, TextTokens.Estimate("\ud83d"));
}
