using ChatPS.Questions;

namespace ChatPS.Tests.Questions;

public sealed class QuestionRulesTests
{
    public static TheoryData<string, ChatQuestion> Wrong => new()
    {
        { "no name", new ChatQuestion { Text = "t" } },
        { "no name", new ChatQuestion { Name = "two words", Text = "t" } },
        { "no name", new ChatQuestion { Name = "1st", Text = "t" } },
        { "no name", new ChatQuestion { Name = "a\n", Text = "t" } },
        { "asks nothing", new ChatQuestion { Name = "a", Text = " " } },
        { "0.4", new ChatQuestion { Name = "a", Text = "t", Threshold = 0.4 } },
        { "NaN", new ChatQuestion { Name = "a", Text = "t", Threshold = double.NaN } },
        { "1 option;", Choice("a") },
        { "0 options;", Choice() },
        { "256 options;", Choice([.. Enumerable.Range(0, 256).Select(number => $"o{number}")]) },
        { "'B' twice", Choice("a", "b", "B") },
        { "'true' twice", Choice(true, "true") },
        { "empty option", Choice("a", "") },
        { "' b'", Choice("a", " b") },
        { "control", Choice("a", "b\u0007c") },
        { "1 level;", Score(0, "calm") },
        { "'calm' twice", Score(0, "calm", "calm") },
        { "follow each other", new ChatQuestion { Name = "q", Text = "t", Type = ChatQuestionType.Score, Levels = [new() { Value = 1, Label = "a" }, new() { Value = 3, Label = "b" }] } },
        { "neither options nor levels", new ChatQuestion { Name = "q", Text = "t", Options = Choice("a", "b").Options } },
        { "is a choice", new ChatQuestion { Name = "q", Text = "t", Type = ChatQuestionType.Choice, Options = Choice("a", "b").Options, Yes = "y" } },
        { "is a score", new ChatQuestion { Name = "q", Text = "t", Type = ChatQuestionType.Score, Options = Choice("a", "b").Options, Levels = Score(0, "a", "b").Levels } },
    };

    public static TheoryData<ChatQuestion> Right =>
    [
        new ChatQuestion { Name = "is-paid_2", Text = "t", Yes = "money came", Threshold = 1 },
        Choice(true, false),
        Choice([.. Enumerable.Range(0, 255).Select(number => $"o{number}")]),
        Score(-1, "low", "middle", "high"),
        Score(int.MaxValue - 1, "low", "high"),
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_WhatNoServiceCouldAnswer_SaysWhereAndWhy(string said, ChatQuestion question)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => QuestionRules.Check(question, "-Question[2]"));

        Assert.StartsWith("-Question[2]: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.RecommendedAction);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void Check_WhatCanBeAsked_Passes(ChatQuestion question) => Assert.Null(Record.Exception(() => QuestionRules.Check(question, "-Question")));

    [Theory]
    [InlineData("1 2 3", null, 1)]
    [InlineData("-1 0 1", null, -1)]
    [InlineData("calm cross", null, 0)]
    [InlineData("calm cross", 1, 1)]
    [InlineData("1 cross", null, 0)]
    [InlineData("1 2", 5, 5)]
    public void Levels_AreNumberedByTheirNamesOrFromTheMinimum(string names, int? minimum, int first)
    {
        ChatQuestionLevel[] levels = QuestionLevels.Of([.. names.Split(' ').Select(name => (name, (string?)null))], minimum, "-Level");

        Assert.Equal(Enumerable.Range(first, levels.Length), levels.Select(level => level.Value));
        Assert.Equal(names.Split(' '), levels.Select(level => level.Label));
    }

    [Theory]
    [InlineData("1 3 5")]
    [InlineData("3 2 1")]
    public void Levels_NumbersWithGaps_AreRefused(string names)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => QuestionLevels.Of([.. names.Split(' ').Select(name => (name, (string?)null))], null, "-Level"));

        Assert.StartsWith("-Level: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90, 0.5, " Did you mean 0.9?")]
    [InlineData(100, 0.5, " Did you mean 1?")]
    [InlineData(40, 0.5, "")]
    [InlineData(40, 0, " Did you mean 0.4?")]
    [InlineData(101, 0, "")]
    [InlineData(double.NaN, 0, "")]
    public void Meant_AShareInPerCent_IsGuessed(double threshold, double least, string said) => Assert.Equal(said, QuestionRules.Meant(threshold, least));

    internal static ChatQuestion Choice(params object[] values) =>
        new() { Name = "q", Text = "t", Type = ChatQuestionType.Choice, Options = [.. values.Select(value => new ChatQuestionOption { Value = value })] };

    internal static ChatQuestion Score(int first, params string[] labels) =>
        new() { Name = "q", Text = "t", Type = ChatQuestionType.Score, Levels = [.. labels.Select((label, place) => new ChatQuestionLevel { Value = first + place, Label = label })] };
}
