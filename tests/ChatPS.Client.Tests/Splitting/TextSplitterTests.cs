using System.Globalization;
using ChatPS.Client.Splitting;
using ChatPS.Client.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Splitting;

public sealed class TextSplitterTests
{
    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(400);

    // What texts are made of, and what is hard to cut.
    private static readonly Gen<string> Parts = Gen.OneOf(
        Gen.Elements("word", "Sentence one. ", "And two! ", "e.g. this, ", "a", " ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\t", "3.14 "),
        Gen.Elements("# Head\n", "## Sub\n\n", "Title\n=====\n", "Title\n---\n", "- item\n", "1. item\n", "| a | b |\n", "> quoted\n", "```\n# no heading\n```\n", "~~~\nopen\n", "---\n"),
        Gen.Elements("漢字です。", "这是一句话！", "한국어 문장", "ไทย", "עברית", "привет мир. "),
        Gen.Elements("👩‍👩‍👧‍👦", "🇩🇪🇫🇷", "é", "e\u0301\u0302", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "क्षि", "\u0301", "\u200D", "\uD83D", "\uDE00"),
        Gen.Elements(new string('x', 300), new string('漢', 90), new string(' ', 40), string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 20)), "a" + new string('\u0301', 200), new string('=', 200)));

    private static readonly Gen<string> Texts = Parts.Several(1, 60).Select(parts => string.Concat(parts));

    [Fact]
    public void Split_AnyText_PiecesAreTheTextAndKeepTheLimit() => Check.One(Settings, Prop.ForAll(Arb.From(from text in Texts from most in Gen.Choose(16, 80) select (text, most)), sample =>
    {
        (string text, int most) = sample;
        TextPiece[] pieces = [.. new TextSplitter(most, 0).Split(text)];

        Assert.Equal(text, string.Concat(pieces.Select(piece => text.Substring(piece.Start, piece.Length))));
        HashSet<int> places = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        foreach (TextPiece piece in pieces)
        {
            string own = text.Substring(piece.Start, piece.Length);
            Assert.Contains(piece.Start, places);
            Assert.Contains(piece.Start + piece.Length, places);
            Assert.Equal(TextTokens.Estimate(own), piece.Tokens);
            Assert.True(piece.Tokens <= most || new StringInfo(own.TrimEnd()).LengthInTextElements <= 1, $"{piece.Tokens} tokens: {own}");
            Assert.Equal(LineOf(text, piece.Start), piece.Line);
        }
    }));

    [Fact]
    public void Split_WithOverlap_RepeatsNoMoreThanThatAndCoversAll() => Check.One(Settings, Prop.ForAll(Arb.From(from text in Texts from most in Gen.Choose(16, 80) from share in Gen.Choose(0, 50) select (text, most, share)), sample =>
    {
        (string text, int most, int share) = sample;
        int overlap = most * share / 100;
        TextPiece[] pieces = [.. new TextSplitter(most, overlap).Split(text)];

        HashSet<int> places = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        int end = 0;
        foreach (TextPiece piece in pieces)
        {
            Assert.InRange(piece.Start, 0, end);
            Assert.True(piece.Start + piece.Length > end, "each piece goes on");
            Assert.True(TextTokens.Estimate(text[piece.Start..end]) <= overlap);
            Assert.Contains(piece.Start, places);
            Assert.False(string.IsNullOrWhiteSpace(text.Substring(piece.Start, piece.Length)) && pieces.Length > 1 && !HasLoneMark(text), "no piece is blank");
            end = piece.Start + piece.Length;
        }

        Assert.Equal(text.Length, end);
    }));

    [Theory]
    [InlineData("---\ntitle: a\n# remark\n---\n# A\n\ntext", "A")]
    [InlineData("---\r\ntitle: a\r\n...\r\n\r\n  # A\r\n\r\ntext", "A")]
    [InlineData("---\ntitle: a\n---\n\ntext\n\n# A", null)]
    [InlineData("---\n\n# A\n\n---\n\n# B", null)]
    [InlineData("---\ntitle: a\n\n# A", null)]
    public void Split_DataAtTheTop_StaysInTheFirstPieceBelowTheFirstHeading(string text, string? heading)
    {
        TextPiece piece = Assert.Single(new TextSplitter(null, null).Split(text));
        Assert.Equal((0, text.Length, heading), (piece.Start, piece.Length, piece.Heading));
        Assert.Equal(heading, new TextSplitter(TextSplitter.LeastTokens, 0).Split(text).First().Heading);
    }

    [Fact]
    public void Split_TextThatFits_IsOnePiece()
    {
        TextPiece piece = Assert.Single(new TextSplitter(null, null).Split("# A\n\ntext\n\n# B\n\nmore"));
        Assert.Equal((0, 1, "A"), (piece.Start, piece.Line, piece.Heading));
    }

    [Theory]
    [InlineData("# A\n\none two three four five six seven\n\n## B\n\neight nine ten eleven twelve", "## B", "A > B")]
    [InlineData("A\n===\n\none two three four five six seven\n\nB\n---\n\neight nine ten eleven twelve", "B\n---", "A > B")]
    [InlineData("# A\r\n\r\none two three four five six seven\r\n\r\n# B\r\n\r\neight nine ten eleven twelve", "# B", "B")]
    [InlineData("one two three four five six seven eight\n\nnine ten eleven twelve thirteen fourteen fifteen sixteen seventeen", "nine", null)]
    [InlineData("One two three four five six seven eight. Nine ten eleven twelve thirteen fourteen fifteen sixteen.", "Nine", null)]
    [InlineData("one two three four five six seven, e.g. eight nine ten eleven twelve thirteen fourteen fifteen sixteen", "twelve", null)]
    [InlineData("一二三四五六七八。九十一二三四五六七八", "九", null)]
    [InlineData("one two three four five six\n- seven eight nine ten\n- eleven twelve thirteen fourteen fifteen sixteen", "- eleven", null)]
    public void Split_LongerText_CutsAtTheBestPlace(string text, string second, string? heading)
    {
        TextPiece[] pieces = [.. new TextSplitter(16, 0).Split(text)];

        Assert.Equal(2, pieces.Length);
        Assert.StartsWith(second, text[pieces[1].Start..], StringComparison.Ordinal);
        Assert.Equal(heading, pieces[1].Heading);
    }

    [Fact]
    public void Split_Heading_StaysWithWhatFollowsIt()
    {
        string text = "one two three four five six\n\n# A\n\n## B\n\nseven eight nine ten eleven twelve thirteen fourteen";
        TextPiece[] pieces = [.. new TextSplitter(16, 0).Split(text)];

        Assert.StartsWith("# A\n\n## B\n\nseven", text[pieces[1].Start..], StringComparison.Ordinal);
        Assert.Equal("A > B", pieces[1].Heading);
    }

    [Theory]
    [InlineData("```sh\n# remark\none two three four five six\n# remark\nseven eight nine ten eleven twelve\n```\n")]
    [InlineData("---\ntitle: one\n---\none two three four five six seven eight nine ten eleven twelve")]
    [InlineData("    # code\n\n#no heading\n\none two three four five six seven eight nine ten eleven\n")]
    public void Split_WhatLooksLikeAHeading_IsNone(string text) => Assert.All(new TextSplitter(16, 0).Split(text), piece => Assert.Null(piece.Heading));

    [Fact]
    public void Split_PlainText_HasNoHeadings() =>
        Assert.All(new TextSplitter(16, 0).Split("# remark\ncommand one two three four five\n# remark\ncommand six seven eight nine ten", isMarkdown: false), piece => Assert.Null(piece.Heading));

    [Fact]
    public void Split_WithOverlap_RepeatsTheLastSentence()
    {
        string text = "One two three four five. Six seven eight. Nine ten eleven twelve thirteen fourteen.";
        TextPiece[] pieces = [.. new TextSplitter(16, 6).Split(text)];

        Assert.StartsWith("Six seven eight.", text[pieces[1].Start..], StringComparison.Ordinal);
        Assert.StartsWith("Nine", text[(pieces[0].Start + pieces[0].Length)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, null, "-MaxToken")]
    [InlineData(100, 51, "-Overlap")]
    [InlineData(100, -1, "-Overlap")]
    public void Splitter_LimitsThatCannotBe_Refuses(int most, int? overlap, string parameter) =>
        Assert.Contains(parameter, Assert.Throws<ChatServiceException>(() => new TextSplitter(most, overlap)).Message, StringComparison.Ordinal);

    [Fact]
    public void Split_SeveralMegabytes_TakesTimeInProportion()
    {
        string text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"## Part {i}\n\nSome words about it, and some more. {(i % 7 == 0 ? "```\n# x\n```\n" : "")}\n\n"));
        int end = 0;
        foreach (TextPiece piece in new TextSplitter(null, 0).Split(text))
        {
            Assert.Equal(end, piece.Start);
            end = piece.Start + piece.Length;
        }

        Assert.Equal(text.Length, end);
    }

    private static int LineOf(string text, int place) => 1 + text[..place].Replace("\r\n", "\n", StringComparison.Ordinal).Count(c => c is '\n' or '\r');

    // An accent on a blank makes the blank a character.
    private static bool HasLoneMark(string text) => text.Contains('\u0301', StringComparison.Ordinal) || text.Contains('\u200D', StringComparison.Ordinal);
}
