using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>Answers that contradict themselves, or whose question is not sure: what is not known is never told as known.</summary>
public sealed class DoubtfulAnswerTests
{
    [Theory]
    [InlineData("""[{"name":"b","probability":0.9},{"name":"a","probability":0.1}]""", "a 0.1, b 0.9")]
    [InlineData("""[{"name":"B","probability":0.9},{"name":"A","probability":0.1}]""", "a 0.1, b 0.9")]
    [InlineData("""[{"name":"c","probability":0.3},{"name":"a","probability":0.1},{"name":"b","probability":0.9}]""", "a 0.1, b 0.9")]
    [InlineData("""[{"name":"x","probability":0.3},{"name":"a","probability":0.1}]""", "a 0.1, b NoAnswer")]
    [InlineData("""[{"name":"b","probability":0.9},{"probability":0.1}]""", "a NoAnswer, b 0.9")]
    [InlineData("""[{"probability":0.1},{"name":"a","probability":0.9}]""", "a 0.9, b NoAnswer")]
    [InlineData("""[{"probability":0.1},{"name":"b","probability":0.9}]""", "a 0.1, b 0.9")]
    [InlineData("""[{"probability":0.1},{"name":null,"probability":0.9}]""", "a 0.1, b 0.9")]
    [InlineData("""[null,{"name":"b","probability":0.9}]""", "a NoAnswer, b 0.9")]
    [InlineData("""[{"name":"x","probability":0.3},{"name":"y","probability":0.1}]""", ErrorIds.BadResponse)]
    [InlineData("""[{"probability":0.3},{"name":"y","probability":0.1}]""", ErrorIds.BadResponse)]
    [InlineData("""[{"probability":0.3},{"probability":0.1},{"probability":0.1}]""", ErrorIds.BadResponse)]
    [InlineData("""[{"name":"a","probability":0.1},{"name":"b","probability":0.9},{"name":"a","probability":0.8}]""", "a Undecided, b 0.9")]
    [InlineData("""[{"name":"a","probability":0.1},{"name":"b","probability":0.9},{"name":"a","probability":0.1}]""", "a 0.1, b 0.9")]
    [InlineData("""{"a":{"noul":0.1},"b":{"noul":0.9},"a":{"noul":0.8}}""", "a Undecided, b 0.9")]
    [InlineData("""{"a":{"noul":0.1},"b":{"noul":0.9},"a":{"noul":0.1}}""", "a 0.1, b 0.9")]
    [InlineData("""{"A":{"noul":0.1},"b":{"noul":0.9},"a":{"noul":0.8}}""", "a 0.8, b 0.9")]
    public async Task Complete_Answers_GoToTheQuestionThatTheyName(string answers, string expected)
    {
        ChatQuestion[] questions = [new() { Name = "a", Text = "?" }, new() { Name = "b", Text = "?" }];

        Exception? failure = await Record.ExceptionAsync(async () =>
        {
            ChatDecision decision = await AskAsync($$"""{"answers":{{answers}}}""", questions);
            Assert.Equal(expected, string.Join(", ", decision.Answers.Select(answer => FormattableString.Invariant($"{answer.Name} {answer.Missing ?? (object?)answer.Probability}"))));
        });

        Assert.Equal(expected == ErrorIds.BadResponse ? expected : null, failure is ChatServiceException refused ? refused.ErrorId : failure?.Message);
    }

    [Theory]
    [InlineData("""{"type":"choice","choice":"no","probability":0.98}""", "Undecided")]
    [InlineData("""{"type":"score","probability":0.98}""", "Undecided")]
    [InlineData("""{"choice":"no","probability":0.98}""", "Undecided")]
    [InlineData("""{"type":"noul","value":false,"probability":0.98}""", "Undecided")]
    [InlineData("""{"type":"noul","noul":0.1,"probability":0.9}""", "Undecided")]
    [InlineData("""{"type":"yes_no","probabilities":{"yes":0.9,"no":0.9}}""", "Undecided")]
    [InlineData("""{"type":"yes_no","probabilities":{"yes":0,"no":0}}""", "Undecided")]
    [InlineData("""{"type":"yes_no","probabilities":{"no":0.9}}""", "Undecided")]
    [InlineData("""{"type":"yes_no","noul":0.9,"probabilities":{"yes":0.2,"no":0.8}}""", "Undecided")]
    [InlineData("""{"type":"noul"}""", "NoAnswer")]
    [InlineData("""{"type":"yes_no","probabilities":{"yes":0.9,"no":0.09}}""", "True 0.9")]
    [InlineData("""{"type":"noul","value":true,"noul":0.98}""", "True 0.98")]
    [InlineData("""{"type":"binary","noul":0.98}""", "True 0.98")]
    public Task Complete_YesOrNo_IsOneOrUndecided(string answer, string expected) => AssertAsync(Ask.Refund, answer, expected);

    [Theory]
    [InlineData("""{"choice":"tech","probabilities":{"returns":1,"tech":1}}""", "tech ")]
    [InlineData("""{"choice":"tech","probabilities":{"returns":0,"tech":0}}""", "tech ")]
    [InlineData("""{"choice":"tech","probabilities":{"tech":0.3}}""", "tech ")]
    [InlineData("""{"choice":"tech","probabilities":[{"value":"tech","probability":0.9},{"value":"tech","probability":0.1},{"value":"returns","probability":0.1}]}""", "tech ")]
    [InlineData("""{"choice":"tech","probabilities":{"returns":-3,"tech":4}}""", "tech ")]
    [InlineData("""{"choice":"tech","probabilities":{"returns":0.9,"tech":0.1}}""", "Undecided")]
    [InlineData("""{"probabilities":{"returns":0,"tech":0}}""", "Undecided")]
    [InlineData("""{"probabilities":{"returns":0.2}}""", "Undecided")]
    [InlineData("""{"probabilities":{"returns":1,"tech":1}}""", "Undecided")]
    [InlineData("""{"type":"noul","choice":"tech"}""", "Undecided")]
    [InlineData("""{"choice":"tech","probabilities":{"returns":0.34,"tech":0.62}}""", "tech 0.62")]
    [InlineData("""{"probabilities":{"returns":0.34,"tech":0.7}}""", "tech 0.7")]
    [InlineData("""{"choice":"tech","probabilities":{"returns":0.5,"tech":0.5}}""", "tech 0.5")]
    public Task Complete_Choice_IsAsLikelyAsADistributionTells(string answer, string expected) => AssertAsync(Ask.Team, answer, expected);

    [Theory]
    [InlineData("""{"probabilities":{"1":0.2}}""", "Undecided")]
    [InlineData("""{"probabilities":{"0":1,"1":1,"2":1}}""", "Undecided")]
    [InlineData("""{"probabilities":{"0":0,"1":0,"2":0}}""", "Undecided")]
    [InlineData("""{"type":"choice","score":1}""", "Undecided")]
    [InlineData("""{"score":1,"probabilities":{"0":1,"1":1,"2":1}}""", "2 ")]
    [InlineData("""{"score":1,"probabilities":{"0":0.02,"1":0.96,"2":0.05}}""", "2 0.96")]
    [InlineData("""{"type":"score"}""", "NoAnswer")]
    public Task Complete_Score_IsAsLikelyAsADistributionTells(string answer, string expected) => AssertAsync(Ask.Anger, answer, expected);

    [Fact]
    public async Task Complete_NamesOfAService_SteerNoTerminal()
    {
        ChatDecision decision = await AskAsync("""{"id":"i\u001b[31m","model":"m\u001b]0;x\u0007","answers":{"refund":{"noul":1}}}""", Ask.Refund);

        Assert.Equal(("i\uFFFD[31m", "m\uFFFD]0;x\uFFFD"), (decision.Id, decision.Model));
    }

    private static async Task AssertAsync(ChatQuestion question, string answer, string expected)
    {
        ChatDecisionAnswer read = Assert.Single((await AskAsync($$$"""{"answers":{"{{{question.Name}}}":{{{answer}}} } }""", question)).Answers);

        Assert.Equal(expected, FormattableString.Invariant($"{read.Missing ?? FormattableString.Invariant($"{read.Value} {read.Probability}")}"));
        Assert.Equal(read.Probability is null, read.Probabilities.Length == 0);
    }

    private static async Task<ChatDecision> AskAsync(string answer, params ChatQuestion[] questions)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);
        return await connection.Decisions.CompleteAsync(Ask.About("text", questions), CallSettings.None, CancellationToken.None);
    }
}
