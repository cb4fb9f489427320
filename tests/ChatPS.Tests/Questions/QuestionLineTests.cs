using ChatPS.Questions;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Tests.Questions;

public sealed class QuestionLineTests
{
    [Theory]
    [InlineData("refund: money back?", "refund", "money back?")]
    [InlineData("  refund :money back? ", "refund", "money back?")]
    [InlineData("is-paid_2: has it been paid?", "is-paid_2", "has it been paid?")]
    [InlineData("größe: wie groß?", "größe", "wie groß?")]
    [InlineData("is this spam?", null, "is this spam?")]
    [InlineData("Is this from 10:30?", null, "Is this from 10:30?")]
    [InlineData("10:30 or later?", null, "10:30 or later?")]
    [InlineData("https://example.com is down?", null, "https://example.com is down?")]
    [InlineData("two words: and text", null, "two words: and text")]
    [InlineData("refund:", "refund", "")]
    public void Split_ALine_IsItsNameAndItsText(string line, string? name, string text) => Assert.Equal((name, text), QuestionLine.Split(line));

    [Theory]
    [InlineData("money back?", "money back?")]
    [InlineData("is it urgent (or late)?", "is it urgent (or late)?")]
    [InlineData("a|b", "a|b")]
    [InlineData("a) or b|c)", "a) or b|c)")]
    [InlineData("is v1..5 of the API meant?", "is v1..5 of the API meant?")]
    [InlineData("is it in 1.5", "is it in 1.5")]
    public void Read_AnythingElse_AsksForYesOrNo(string text, string asked)
    {
        ChatQuestion question = Read(text);

        Assert.Equal(ChatQuestionType.Predicate, question.Type);
        Assert.Equal(asked, question.Text);
        Assert.Empty(question.Options);
        Assert.Empty(question.Levels);
    }

    [Theory]
    [InlineData("which team (billing|technical|sales)", "which team", "billing;technical;sales")]
    [InlineData("which team ( billing | technical )?", "which team", "billing;technical")]
    [InlineData("(billing|technical)", "q", "billing;technical")]
    [InlineData("which (of two) (a (old)|b (new))", "which (of two)", "a (old);b (new)")]
    [InlineData("which (a|)", "which", "a;")]
    public void Read_OptionsInBrackets_IsAChoice(string text, string asked, string options)
    {
        ChatQuestion question = Read(text);

        Assert.Equal(ChatQuestionType.Choice, question.Type);
        Assert.Equal(asked, question.Text);
        Assert.Equal(options.Split(';'), question.Options.Select(QuestionRules.Label));
    }

    [Theory]
    [InlineData("how urgent 1..5", "how urgent", 1, 5)]
    [InlineData("how urgent (1..5)?", "how urgent", 1, 5)]
    [InlineData("mood -2..2", "mood", -2, 2)]
    [InlineData("0..1", "q", 0, 1)]
    public void Read_AScaleAtTheEnd_IsAScore(string text, string asked, int low, int high)
    {
        ChatQuestion question = Read(text);

        Assert.Equal(ChatQuestionType.Score, question.Type);
        Assert.Equal(asked, question.Text);
        Assert.Equal(Enumerable.Range(low, high - low + 1), question.Levels.Select(level => level.Value));
        Assert.All(question.Levels, level => Assert.Equal(FormattableString.Invariant($"{level.Value}"), level.Label));
    }

    [Theory]
    [InlineData("how urgent 5..1", "5..1")]
    [InlineData("how urgent 3..3", "3..3")]
    [InlineData("how urgent 0..255", "0..255")]
    [InlineData("how urgent -2147483648..2147483647", "-2147483648..2147483647")]
    [InlineData("how urgent 0..99999999999", "99999999999")]
    public void Read_AScaleThatCannotBe_SaysWhich(string text, string named)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Read(text));

        Assert.StartsWith("-Question", failure.Message, StringComparison.Ordinal);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyCharacters_IsAQuestionThatPassesOrAnErrorThatSaysWhere() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Arb.From(Gen.Elements("a", "b", " ", "(", ")", "|", ":", "1", "5", "..", "-", "?", "\n", "é", "\U0001F600", "a|b").ListOf().Select(string.Concat)), line =>
        {
            try
            {
                (string? name, string text) = QuestionLine.Split(line);
                ChatQuestion question = QuestionLine.Read(text, name ?? "q", "-Question");
                QuestionRules.Check(question, "-Question");
                Assert.Equal(question.Type == ChatQuestionType.Choice, question.Options.Length >= QuestionRules.Least);
                Assert.Equal(question.Type == ChatQuestionType.Score, question.Levels.Length >= QuestionRules.Least);
                Assert.Contains(question.Text, question.Type == ChatQuestionType.Predicate ? line.Trim() : line + question.Name, StringComparison.Ordinal);
            }
            catch (ChatServiceException failure)
            {
                Assert.StartsWith("-Question: ", failure.Message, StringComparison.Ordinal);
                Assert.NotEmpty(failure.RecommendedAction);
            }
        }));

    [Fact]
    public void Read_WhatWasWritten_IsTheSameQuestion() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Arb.From(Gen.Elements("billing", "technical", "sales", "other things", "b2b", "non-EU").ListOf().Where(labels => labels.Count >= 2 && labels.Distinct().Count() == labels.Count)), labels =>
        {
            ChatQuestion question = Read($"which team ({string.Join("|", labels)})");

            QuestionRules.Check(question, "-Question");
            Assert.Equal(labels, question.Options.Select(option => (string)option.Value));
        }));

    private static ChatQuestion Read(string text) => QuestionLine.Read(text, "q", "-Question");
}
