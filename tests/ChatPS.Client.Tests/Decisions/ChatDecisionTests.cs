using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>Chat models that are asked in place of an endpoint for decisions.</summary>
public sealed class ChatDecisionTests
{
    private static readonly ChatQuestion Letters = new()
    {
        Name = "q", Type = ChatQuestionType.Choice, Text = "?", Options = [new ChatQuestionOption { Value = "one" }, new ChatQuestionOption { Value = "two" }, new ChatQuestionOption { Value = "three" }],
    };

    [Fact]
    public async Task Complete_ProbabilitiesOfTokens_AreSharedOutOverTheLabels()
    {
        ChatDecisionAnswer answer = await AskAsync(Letters, Tokens.Answer("A", ("A", -0.2231), ("B", -2.3026), ("I", -2.9), ("C", -3.5066), ("The", -4)));

        Assert.Equal("one", answer.Value);
        Assert.Equal(0.930, answer.LabelMass!.Value, 3);
        Assert.Equal([0.860, 0.108, 0.032], answer.Probabilities.Select(each => Math.Round(each.Probability, 3)));
        Assert.Equal(0.860, answer.Probability!.Value, 3);
        Assert.Null(answer.Confidence);
    }

    [Fact]
    public async Task Complete_SpellingsOfALabel_AreOne()
    {
        ChatDecisionAnswer answer = await AskAsync(Letters, Tokens.Answer(" a", (" A", Math.Log(0.3)), ("A", Math.Log(0.2)), ("a", Math.Log(0.1)), ("ĠA", Math.Log(0.05)), ("▁b", Math.Log(0.3)), (" a", Math.Log(0.05))));

        Assert.Equal("one", answer.Value);
        Assert.Equal(0.7, answer.Probability!.Value, 6);
        Assert.Equal(1.0, answer.LabelMass!.Value, 6);
    }

    [Theory]
    [InlineData("I", "I", 0.95, "A", 0.02, 0.02)]
    [InlineData("A", "A", 0.3, "B", 0.1, 0.4)]
    [InlineData("I", "A", 0.4, "B", 0.3, 0.7)]
    public async Task Complete_TokenThatIsNoLabel_DecidesNothing(string said, string first, double one, string second, double other, double mass)
    {
        ChatDecisionAnswer answer = await AskAsync(Letters, Tokens.Answer(said, (first, Math.Log(one)), (second, Math.Log(other)), (said == first ? "x" : said, Math.Log(0.01))));

        Assert.Equal(("Undecided", null, null, 0), (answer.Missing, answer.Value, answer.Probability, answer.Probabilities.Length));
        Assert.Equal(mass, answer.LabelMass!.Value, 6);
    }

    [Theory]
    [InlineData("A customer wants money, so B", "A| customer| wants| money|,| so| B", null)]
    [InlineData("A or B", "A| or| B", null)]
    [InlineData("", "A", null)]
    [InlineData("B", "A", null)]
    [InlineData("A", "A|B", null)]
    [InlineData("AB", "A|B", null)]
    [InlineData("<think>A</think> B", "<think>|A|</think>|B", null)]
    [InlineData("A", "A", "one")]
    [InlineData(" a.\n", " a|.|\n", "one")]
    [InlineData("\"A\"", "\"|A|\"", "one")]
    [InlineData("(A)", "(|A|)|<|im_end|>", "one")]
    [InlineData("A", "<think>|B|hm|</think>|\n\n|A|</s>", "one")]
    public async Task Complete_Text_IsTheLabelAndItsTokensSpellIt(string text, string tokens, string? expected)
    {
        ChatDecisionAnswer answer = await AskAsync(Letters, Tokens.Spelled(text, tokens.Replace("<|im_end|>", "<im_end>", StringComparison.Ordinal).Split('|')));

        Assert.Equal(expected, answer.Value);
        Assert.Equal(expected is null ? "Undecided" : null, answer.Missing);
        Assert.Equal(expected is null ? 0 : 0.9, answer.Probability ?? 0, 6);
        Assert.Equal(expected is null, answer.Probabilities.Length == 0);
    }

    [Fact]
    public async Task Complete_SharesBeyondTheWhole_DecideNothing() =>
        Assert.Equal("Undecided", (await AskAsync(Letters, Tokens.Answer("A", ("A", -0.1), (" A", -0.1), ("B", -0.1)))).Missing);

    [Theory]
    [InlineData(1, "3", 2.75, "annoyed")]
    [InlineData(0, "2", 1.75, "annoyed")]
    [InlineData(9, "C", 10.75, "annoyed")]
    public async Task Complete_Score_IsTheMeanOfItsLevels(int first, string likeliest, double expected, string level)
    {
        ChatQuestion question = new()
        {
            Name = "q", Type = ChatQuestionType.Score, Text = "?",
            Levels = [.. new[] { "calm", "tense", "annoyed", "furious" }.Select((label, place) => new ChatQuestionLevel { Value = first + place, Label = label })],
        };
        string other = first == 9 ? "B" : (int.Parse(likeliest, System.Globalization.CultureInfo.InvariantCulture) - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

        ChatDecisionAnswer answer = await AskAsync(question, Tokens.Answer(likeliest, (likeliest, Math.Log(0.75)), (other, Math.Log(0.25))));

        Assert.Equal(expected, (double)answer.Value!, 6);
        Assert.Equal((level, 0.75), (answer.Level, Math.Round(answer.Probability!.Value, 6)));
    }

    [Fact]
    public async Task Complete_Request_AsksForOneLabelAndItsProbability()
    {
        using RawServer server = RawServer.Answering(200, Tokens.Answer("yes", ("yes", -0.1), ("no", -3)));
        using ServiceConnection connection = Engine.Connect(server);

        await connection.Decisions.CompleteAsync(Ask.About("the evidence", Ask.Refund, Ask.Team, Ask.Anger) with { Form = "Chat" }, CallSettings.None, CancellationToken.None);

        using JsonDocument body = JsonDocument.Parse(server.Exchanges[0].Body);
        Assert.True(body.RootElement.GetProperty("logprobs").GetBoolean());
        Assert.Equal((20, 0.0), (body.RootElement.GetProperty("top_logprobs").GetInt32(), body.RootElement.GetProperty("temperature").GetDouble()));
        Assert.EndsWith("the evidence\n\n---\nThe writer asks for a refund.\n\nAnswer with one of these labels, and with nothing else:\nyes\nno", body.RootElement.GetProperty("messages")[1].GetProperty("content").GetString(), StringComparison.Ordinal);
        string[] tasks = [.. server.Exchanges.Skip(1).Select(exchange => exchange.Body)];
        Assert.Contains(tasks, task => task.Contains(@"\nA: returns (damage, refunds)\nB: tech", StringComparison.Ordinal));
        Assert.Contains(tasks, task => task.Contains(@"\n1: calm\n2: annoyed\n3: furious", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, """{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"yes"},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":20,"completion_tokens":1,"total_tokens":21}}""", 51)]
    [InlineData(400, """{"error":{"message":"This model does not support logprobs.","param":"logprobs"}}""", 30)]
    [InlineData(422, """{"error":{"message":"Unknown parameter: 'top_logprobs'."}}""", 30)]
    public async Task Complete_ModelThatTellsNoTokens_GivesATypedAnswerAndOneWarning(int status, string first, int tokens)
    {
        const string Typed = """{"id":"c2","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{\"q1\":true,\"q2\":\"tech\",\"q3\":2}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":25,"completion_tokens":5,"total_tokens":30}}""";
        using RawServer server = RawServer.Start(RawServer.Answer(status, first), RawServer.Answer(200, Typed));
        using ServiceConnection connection = Engine.Connect(server);
        List<string> warnings = [];
        CallSettings settings = new() { Warning = warnings.Add };
        DecisionRequest request = Ask.About("text") with { Form = "Chat" };
        Assert.Null(connection.Decisions.HasProbabilities("m", "Chat"));

        ChatDecision decision = await connection.Decisions.CompleteAsync(request with { Model = "m" }, settings, CancellationToken.None);
        await connection.Decisions.CompleteAsync(request with { Model = "m" }, settings, CancellationToken.None);

        Assert.Equal("refund: True, team: tech, anger: 2", decision.Text);
        Assert.Equal((ChatDecisionMethod.Structured, "annoyed", tokens), (decision.Method, decision.Answers[2].Level, decision.Usage!.TotalTokens));
        Assert.All(decision.Answers, answer => Assert.Null(answer.Probability));
        Assert.Contains("'m' does not tell", Assert.Single(warnings).Replace("m does", "'m' does", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(3, server.Exchanges.Count);
        Assert.False(connection.Decisions.HasProbabilities("m", "Chat"));
        Assert.Contains("\"strict\":true", server.Exchanges[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_ManyOptions_AreATypedAnswerWithAWarning()
    {
        ChatQuestion question = new() { Name = "q", Type = ChatQuestionType.Choice, Text = "?", Options = [.. Enumerable.Range(0, 21).Select(place => new ChatQuestionOption { Value = $"option {place}" })] };
        using RawServer server = RawServer.Answering(200, Engine.Answer("""{"q1":"option 20"}"""));
        using ServiceConnection connection = Engine.Connect(server);
        List<string> warnings = [];

        ChatDecision decision = await connection.Decisions.CompleteAsync(Ask.About("text", question) with { Form = "Chat" }, new CallSettings { Warning = warnings.Add }, CancellationToken.None);

        Assert.Equal(("q: option 20", ChatDecisionMethod.Structured), (decision.Text, decision.Method));
        Assert.Single(warnings);
    }

    [Fact]
    public void Groups_OfManyValues_KeepToTheLimitsOfSchemas()
    {
        ChatQuestion wide = new() { Name = "w", Type = ChatQuestionType.Choice, Text = "?", Options = [.. Enumerable.Range(0, 255).Select(place => new ChatQuestionOption { Value = $"{place}" })] };

        Assert.Equal([100, 100, 50], StructuredDecisions.Groups([.. Enumerable.Repeat(Ask.Refund, 250)]).Select(group => group.Count));
        Assert.Equal([3, 3, 1], StructuredDecisions.Groups([.. Enumerable.Repeat(wide, 7)]).Select(group => group.Count));
    }

    [Fact]
    public void HasProbabilities_DialectWithoutThem_IsKnownBeforehand()
    {
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.Anthropic, BaseUri = new Uri("http://127.0.0.1:1/v1"), Model = "m" });

        Assert.False(connection.Decisions.HasProbabilities(model: null));
        Assert.Null(connection.Decisions.HasProbabilities(model: null, "OpenAI"));
    }

    private static async Task<ChatDecisionAnswer> AskAsync(ChatQuestion question, string answer)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);
        ChatDecision decision = await connection.Decisions.CompleteAsync(Ask.About("text", question) with { Form = "Chat" }, CallSettings.None, CancellationToken.None);
        Assert.Equal(answer, decision.Raw);
        return Assert.Single(decision.Answers);
    }
}
