using ChatPS.Questions;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Tests.Questions;

public sealed class ThresholdsTests
{
    private static readonly Dictionary<string, double> None = [];

    private static readonly ChatQuestion[] Questions =
    [
        new() { Name = "refund", Text = "t" },
        new() { Name = "team", Text = "t", Type = ChatQuestionType.Choice, Options = QuestionRulesTests.Choice("a", "b").Options },
        new() { Name = "anger", Text = "t", Threshold = 0.6 },
    ];

    [Theory]
    [InlineData(0.95, 0.9, false)]
    [InlineData(0.9, 0.9, false)]
    [InlineData(0.89, 0.9, true)]
    [InlineData(0.05, 0.9, false)]
    [InlineData(0.1, 0.9, false)]
    [InlineData(0.11, 0.9, true)]
    [InlineData(0.5, 0.5, false)]
    public void Mark_YesOrNo_IsUnsureWhereNeitherIsLikely(double yes, double threshold, bool unsure)
    {
        ChatDecision decision = Decide(new ChatDecisionAnswer { Name = "refund", Value = yes >= 0.5, Probability = yes });

        Thresholds.Of(Questions, threshold, None).Mark(decision);

        Assert.Equal(unsure, decision.Unsure);
    }

    [Theory]
    [InlineData(0.4, true)]
    [InlineData(0.7, false)]
    public void Mark_AChoice_IsUnsureWhereItsWinnerIsNotLikely(double winner, bool unsure)
    {
        ChatDecision decision = Decide(new ChatDecisionAnswer { Name = "team", Type = ChatQuestionType.Choice, Value = "a", Probability = winner });

        Thresholds.Of(Questions, 0.7, None).Mark(decision);

        Assert.Equal(unsure, decision.Unsure);
    }

    [Fact]
    public void Mark_WhatIsMissing_IsUnsureWithoutAnyThreshold()
    {
        ChatDecision decision = Decide(new ChatDecisionAnswer { Name = "refund", Missing = "Refused" }, new ChatDecisionAnswer { Name = "team", Value = "a" });

        Thresholds.Of([Questions[0], Questions[1]], null, None).Mark(decision);

        Assert.Equal([true, false], decision.Answers.Select(answer => answer.Unsure));
    }

    [Fact]
    public void Mark_WithoutProbability_FailsWhereThereIsAThreshold()
    {
        ChatDecision decision = Decide(new ChatDecisionAnswer { Name = "refund", Value = true });

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Thresholds.Of(Questions, 0.9, None).Mark(decision));

        Assert.Contains("'refund' has a threshold", failure.Message, StringComparison.Ordinal);
        Thresholds.Of(Questions, null, None).Mark(decision);
        Assert.False(decision.Unsure);
    }

    [Fact]
    public void Of_SeveralSources_TheNearestToTheQuestionWins()
    {
        ChatDecision decision = Decide(Likely("refund"), Likely("team"), Likely("anger"));

        Thresholds.Of(Questions, 0.9, new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase) { ["TEAM"] = 0.7, ["anger"] = 0.99 }).Mark(decision);

        Assert.Equal([true, false, false], decision.Answers.Select(answer => answer.Unsure));
    }

    [Theory]
    [InlineData(0.49)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Of_WhatCannotBe_IsRefused(double threshold)
    {
        Assert.Contains("-Threshold is", Assert.Throws<ChatServiceException>(() => Thresholds.Of(Questions, threshold, None)).Message, StringComparison.Ordinal);
        Assert.Contains("'team'", Assert.Throws<ChatServiceException>(() => Thresholds.Of(Questions, null, new Dictionary<string, double> { ["team"] = threshold })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ANameThatIsNotThere_IsRefused()
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Thresholds.Of(Questions, null, new Dictionary<string, double> { ["tema"] = 0.9 }));

        Assert.Contains("'tema'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("refund, team, anger", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Mark_AHigherThreshold_NeverMakesSurer() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Arb.From(Gen.Choose(0, 100).Three()), numbers =>
        {
            (double low, double high) = (0.5 + (Math.Min(numbers.Item1, numbers.Item2) / 200.0), 0.5 + (Math.Max(numbers.Item1, numbers.Item2) / 200.0));
            ChatDecision decision = Decide(new ChatDecisionAnswer { Name = "refund", Probability = numbers.Item3 / 100.0 });

            Thresholds.Of(Questions, low, None).Mark(decision);
            bool unsureBelow = decision.Unsure;
            Thresholds.Of(Questions, high, None).Mark(decision);

            Assert.True(decision.Unsure || !unsureBelow);
        }));

    private static ChatDecisionAnswer Likely(string name) => new() { Name = name, Type = ChatQuestionType.Choice, Value = "a", Probability = 0.8 };

    private static ChatDecision Decide(params ChatDecisionAnswer[] answers) => new() { Answers = answers };
}
