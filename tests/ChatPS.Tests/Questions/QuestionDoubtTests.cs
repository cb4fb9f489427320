using ChatPS.Questions;

namespace ChatPS.Tests.Questions;

public sealed class QuestionDoubtTests
{
    [Theory]
    [InlineData("u: how urgent 1-5")]
    [InlineData("u: how urgent (1-5)?")]
    [InlineData("u: from 1 to 10")]
    [InlineData("u: how 0.5..2.5")]
    [InlineData("u: how 1...5")]
    [InlineData("u: how 1\u20265")]
    [InlineData("team: which (a, b)")]
    [InlineData("team: which (non-EU, the EU)?")]
    [InlineData("team: which (a/b)")]
    [InlineData("team: which [a|b]")]
    [InlineData("team: which {a; b}")]
    [InlineData("team: (b|c) which?")]
    [InlineData("team: x (b)")]
    public void Find_WhatLooksLikeOptionsOrAScale_TellsHowToWriteThem(string line)
    {
        string? doubt = QuestionDoubt.Find(Read(line));

        Assert.Contains("reads as yes or no", doubt, StringComparison.Ordinal);
        Assert.Contains(QuestionLine.Split(line).Text, doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1a: is it paid?", "1a")]
    [InlineData("my name: is it paid?", "my name")]
    [InlineData("a.b: is it paid?", "a.b")]
    public void Find_WhatLooksLikeAName_TellsThatItIsNone(string line, string name)
    {
        string? doubt = QuestionDoubt.Find(Read(line));

        Assert.Contains($"'{name}' is no name", doubt, StringComparison.Ordinal);
        Assert.Contains("'answer'", doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refund: is money wanted back?")]
    [InlineData("is it urgent (it is if money is lost)?")]
    [InlineData("is it from 10:30?")]
    [InlineData("10:30 or later?")]
    [InlineData("https://example.com is down?")]
    [InlineData("is it about https://example.com/a-b?")]
    [InlineData("is it of 2024-2025?")]
    [InlineData("is it of 2026-11-27?")]
    [InlineData("is the number 555-1234?")]
    [InlineData("is the address 10.0.0.1-5?")]
    [InlineData("is it about version 1.5?")]
    [InlineData("one of three words: is it there?")]
    [InlineData("team: which (a|b)")]
    [InlineData("urgency: how urgent 1..5")]
    public void Find_AnythingElse_IsNothing(string line) => Assert.Null(QuestionDoubt.Find(Read(line)));

    [Fact]
    public void Find_WhereYesIsExplained_IsNothing() => Assert.Null(QuestionDoubt.Find(new ChatQuestion { Name = "q", Text = "does it name the tax (VAT)?", Yes = "it does" }));

    private static ChatQuestion Read(string line) => QuestionReader.Read([line])[0];
}
