using ChatPS.Client.Usage;

namespace ChatPS.Client.Tests.Kept;

/// <summary>Estimates of tokens: between what usual tokenizers count, or within a third of it.</summary>
public sealed class TextTokensTests
{
    // What the tokenizers o200k_base and cl100k_base count.
    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10, 10)]
    [InlineData("Summarise this ticket in one sentence: the printer on the third floor is on fire.", 19, 19)]
    [InlineData("Get-ChildItem -Path C:\\Windows -Recurse | Where-Object Length -gt 1MB", 22, 23)]
    [InlineData("{\"name\":\"Paris\",\"population\":2102650,\"capital\":true}", 15, 15)]
    [InlineData("2026-11-26 10:31:26 ERROR [worker-3] Connection to db01.example.com:5432 failed after 3 attempts (timeout=30s)", 38, 38)]
    [InlineData("给我讲一个笑话吧，谢谢你。", 10, 16)]
    [InlineData("今日は天気がいいですね。散歩に行きましょう。", 15, 25)]
    [InlineData("안녕하세요. 오늘 날씨가 정말 좋네요.", 11, 24)]
    [InlineData("Der Drucker im dritten Stock brennt, bitte schicken Sie jemanden.", 15, 18)]
    [InlineData("Принтер на третьем этаже горит, пришлите кого-нибудь.", 17, 27)]
    [InlineData("الطابعة في الطابق الثالث تحترق، من فضلك أرسل شخصا ما.", 20, 36)]
    [InlineData("เครื่องพิมพ์ที่ชั้นสามไฟไหม้ กรุณาส่งคนมา", 18, 39)]
    [InlineData("तीसरी मंज़िल पर प्रिंटर में आग लगी है, कृपया किसी को भेजें।", 23, 59)]
    [InlineData("😀🎉 nice 🚀", 6, 9)]
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
