using ChatPS.Questions;

namespace ChatPS.Tests.Questions;

public sealed class QuestionColumnsTests
{
    [Fact]
    public void Of_AQuestion_NamesTheAnswerAndWhatIsKnownOfIt()
    {
        Assert.Equal(["q", "qProbability", "qConfidence"], QuestionColumns.Of(Predicate("q"), all: true));
        Assert.Equal(["q", "qProbability", "qConfidence", "qProbability.a", "qProbability.true"], QuestionColumns.Of(QuestionRulesTests.Choice("a", true), all: true));
        Assert.Equal(["q", "qLevel", "qProbability", "qConfidence", "qProbability.calm", "qProbability.cross"], QuestionColumns.Of(QuestionRulesTests.Score(1, "calm", "cross"), all: true));
        Assert.Equal(["q", "qProbability", "qConfidence"], QuestionColumns.Of(QuestionRulesTests.Score(1, "1", "2"), all: false));
    }

    [Fact]
    public void Of_AnAnswer_FindsTheProbabilityOfEachPossibleOne()
    {
        ChatDecisionAnswer answer = new()
        {
            Name = "q",
            Value = true,
            Probability = 0.7,
            Probabilities = [new() { Value = true, Probability = 0.7 }, new() { Value = "a", Probability = 0.3 }],
        };
        ChatDecisionAnswer score = new() { Name = "q", Value = 1.7, Level = "cross", Probabilities = [new() { Value = 1, Label = "calm", Probability = 0.3 }, new() { Value = 2, Label = "cross", Probability = 0.7 }] };

        Assert.Equal([true, 0.7, null, 0.3, 0.7], QuestionColumns.Of(QuestionRulesTests.Choice("a", true), answer, all: true).Select(column => column.Value));
        Assert.Equal([1.7, "cross", null, null, 0.3, 0.7], QuestionColumns.Of(QuestionRulesTests.Score(1, "calm", "cross"), score, all: true).Select(column => column.Value));
        Assert.Equal([null, null, null, null, null], QuestionColumns.Of(QuestionRulesTests.Choice("a", true), new ChatDecisionAnswer(), all: true).Select(column => column.Value));
    }

    [Theory]
    [InlineData("Model")]
    [InlineData("unsure")]
    [InlineData("answers")]
    [InlineData("ToString")]
    public void Check_ANameThatTheObjectHasAlready_SaysWhichAreTaken(string name)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => QuestionColumns.Check([Predicate(name)], all: false, isOnRow: false));

        Assert.Contains($"'{name}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Answers, Unsure, Method, Text", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OnARow_OnlyWhatIsAddedIsTaken()
    {
        QuestionColumns.Check([Predicate("Model")], all: false, isOnRow: true);

        Assert.Throws<ChatServiceException>(() => QuestionColumns.Check([Predicate("unsure")], all: false, isOnRow: true));
    }

    [Theory]
    [InlineData("PSObject")]
    [InlineData("psbase")]
    [InlineData("PSAdapted")]
    [InlineData("PSExtended")]
    [InlineData("PSTypeNames")]
    [InlineData("PSStandardMembers")]
    [InlineData("GetType")]
    public void Check_ANameThatPowerShellKeeps_IsRefusedEverywhere(string name)
    {
        Assert.Throws<ChatServiceException>(() => QuestionColumns.Check([Predicate(name)], all: false, isOnRow: false));
        Assert.Throws<ChatServiceException>(() => QuestionColumns.Check([Predicate(name)], all: false, isOnRow: true));
    }

    [Fact]
    public void Check_TheMemberSetOfARow_IsRefusedThere()
    {
        QuestionColumns.Check([Predicate("ChatPS")], all: false, isOnRow: false);

        Assert.Contains("cannot be a column", Assert.Throws<ChatServiceException>(() => QuestionColumns.Check([Predicate("chatps")], all: false, isOnRow: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TwoQuestionsThatShareAProperty_AreRefused()
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => QuestionColumns.Check([Predicate("refund"), Predicate("refundprobability")], all: false, isOnRow: false));

        Assert.Contains("another question", failure.Message, StringComparison.Ordinal);
    }

    private static ChatQuestion Predicate(string name) => new() { Name = name, Text = "t" };
}
