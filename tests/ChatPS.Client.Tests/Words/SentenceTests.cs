using System.Globalization;
using ChatPS.Client.Words;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Words;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("One. Two! Three?", new[] { 5, 10, 16 })]
    [InlineData("He said \"no.\" Then he left.", new[] { 14, 27 })]
    [InlineData("Use e.g. this one. J. Smith came on 3. May. Done", new[] { 19, 44 })]
    [InlineData("今日は。明日は「雨。」それだけ", new[] { 4, 11 })]
    [InlineData("A title\n\nA text", new[] { 9 })]
    [InlineData("Version 1.2 of file.txt", new int[0])]
    [InlineData("Wait... What?! Yes", new[] { 8, 15 })]
    [InlineData("", new int[0])]
    public void IsAt_TextOfSeveralSentences_FindsTheirEnds(string text, int[] ends) =>
        Assert.Equal(ends, Enumerable.Range(0, text.Length + 1).Where(place => SentenceEnds.IsAt(text, place)));

    [Fact]
    public void Cut_LongText_IsCutAtSentences() =>
        Assert.Equal(["One two. ", "Three four five. ", "Six"], TextCut.AtSentences("One two. Three four five. Six", 18));

    [Fact]
    public void Cut_SentenceThatIsTooLong_IsCutAtABlank() =>
        Assert.Equal(["one two ", "three ", "four"], TextCut.AtSentences("one two three four", 9));

    [Fact]
    public void Cut_TextWithoutBlanks_IsCutBetweenCharacters() =>
        Assert.Equal(["👩‍👩‍👧", "👩‍👩‍👧", "a"], TextCut.AtSentences("👩‍👩‍👧👩‍👩‍👧a", 8));

    [Fact]
    public void Cut_AnyText_GivesTheTextInWholeCharacters() => Check.QuickThrowOnFailure(Prop.ForAll(Texts.ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), IsCutWell));

    private static Gen<string> Texts => Gen.Elements("a", "Zwölf", " ", ". ", "? ", "。", "\n", "\n\n", "\r\n", "e\u0301\u0302", "👩‍👩‍👧", "😀", "\ud83d", "\u0301", "東", "”", "7.", "…")
        .Several(0, 60).Select(words => string.Concat(words));

    private static bool IsCutWell(string text, int most)
    {
        List<string> pieces = [.. TextCut.AtSentences(text, most)];
        HashSet<int> borders = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        int place = 0;
        foreach (string piece in pieces)
        {
            place += piece.Length;

            // One character alone can be longer than a piece may be.
            if (piece.Length > most || (!borders.Contains(place) && new StringInfo(piece).LengthInTextElements > 1))
            {
                return false;
            }
        }

        return string.Concat(pieces) == text && (text.Length == 0 || pieces.TrueForAll(piece => piece.Length > 0));
    }
}
