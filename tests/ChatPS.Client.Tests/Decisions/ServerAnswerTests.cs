using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>The answers of servers as they document them. They are told apart by what they hold, wherever they come from.</summary>
public sealed class ServerAnswerTests
{
    private const string Named = """
        "refund":{"type":"noul","noul":0.95},"team":{"type":"choice","choice":"tech","probabilities":{"returns":0.04,"tech":0.96},"confidence":0.92},
        "anger":{"type":"score","score":1.05,"legend":{"0":"calm","1":"annoyed","2":"furious"},"probabilities":{"0":0.0,"1":0.95,"2":0.05},"confidence":0.925}
        """;

    /// <summary>The server, its answer, the answers in words, and the tokens of the request.</summary>
    public static TheoryData<string, string, string, int?> Documented => new()
    {
        {
            "OpenAI",
            """
            {"model":"m2","answers":[{"type":"predicate","name":"refund","probability":0.97},
            {"type":"choice","name":"team","choice":"returns","confidence":0.91,"probabilities":[{"value":"returns","probability":0.95},{"value":"tech","probability":0.05}]},{"type":"refusal","name":"anger"}],
            "usage":{"input_tokens":118,"input_tokens_details":{"cached_tokens":7,"cache_write_tokens":3},"output_tokens":0,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":118}}
            """,
            "refund=True p0.97 [True:0.97 False:0.03] | team=returns p0.95 c0.91 [returns:0.95 tech:0.05] | anger!Refused", 118
        },
        {
            "OpenAI, a score",
            """
            {"model":"m2","answers":[{"type":"predicate","name":null,"probability":0.2},{"type":"choice","name":null,"choice":"tech","confidence":0.5,"probabilities":[{"value":"tech","probability":0.7},{"value":"returns","probability":0.3}]},
            {"type":"score","name":null,"score":1.7,"confidence":0.4,"probabilities":[{"value":0,"label":"calm","probability":0.1},{"value":1,"label":"annoyed","probability":0.1},{"value":2,"label":"furious","probability":0.8}]}],"usage":{"input_tokens":10}}
            """,
            "refund=False p0.2 [True:0.2 False:0.8] | team=tech p0.7 c0.5 [returns:0.3 tech:0.7] | anger=2.7/furious p0.8 c0.4 [1/calm:0.1 2/annoyed:0.1 3/furious:0.8]", 10
        },
        {
            "levels that are counted from 1",
            """
            {"answers":[{"type":"predicate","probability":0.5},{"type":"choice","choice":"tech"},
            {"type":"score","score":2.7,"probabilities":[{"value":1,"label":"calm","probability":0.1},{"value":2,"label":"annoyed","probability":0.1},{"value":3,"label":"furious","probability":0.8}]}]}
            """,
            "refund=True p0.5 [True:0.5 False:0.5] | team=tech [] | anger=2.7/furious p0.8 [1/calm:0.1 2/annoyed:0.1 3/furious:0.8]", null
        },
        { "TypeSafe", $$$"""{"model":"m2","answers":{ {{{Named}}} },"usage":{"input_tokens":392,"output_tokens":65}}""", "refund=True p0.95 [True:0.95 False:0.05] | team=tech p0.96 c0.92 [returns:0.04 tech:0.96] | anger=2.05/annoyed p0.95 c0.925 [1/calm:0 2/annoyed:0.95 3/furious:0.05]", 392 },
        {
            "OpenRouter",
            """{"id":"gen-1","provider":"TypeSafe","model":"m2","answers":{"refund":{"type":"noul","noul":0.9},"team":{"type":"choice","choice":"tech"},"anger":{"type":"score","score":0.67}},"usage":{"input_tokens":10,"output_tokens":0,"cost":0.00001}}""",
            "refund=True p0.9 [True:0.9 False:0.1] | team=tech [] | anger=1.67/annoyed []", 10
        },
        {
            "Ollama",
            """{"model":"m2","answers":{"refund":{"type":"noul","noul":0.02},"team":{"type":"choice","choice":"returns","probabilities":{"returns":0.9781,"tech":0.0219},"confidence":0.848},"anger":{"type":"score","score":0.40,"legend":{"0":"calm","1":"annoyed","2":"furious"},"probabilities":{"0":0.7,"1":0.2,"2":0.1},"confidence":0.27}},"usage":{"input_tokens":96,"output_tokens":3}}""",
            "refund=False p0.02 [True:0.02 False:0.98] | team=returns p0.9781 c0.848 [returns:0.9781 tech:0.0219] | anger=1.4/calm p0.7 c0.27 [1/calm:0.7 2/annoyed:0.2 3/furious:0.1]", 96
        },
        {
            "llama.cpp",
            """{"model":"m2","answers":{"refund":{"type":"noul","noul":0.6},"team":{"type":"choice","choice":"tech","probabilities":{"tech":1.0,"returns":0.0},"confidence":1.0},"anger":{"type":"score","score":1.0,"legend":{"0":{"a":1},"1":"annoyed","2":"furious"},"probabilities":{"0":0.5,"1":0.0,"2":0.5},"confidence":0.0}},"usage":{"input_tokens":41,"output_tokens":0}}""",
            "refund=True p0.6 [True:0.6 False:0.4] | team=tech p1 c1 [returns:0 tech:1] | anger=2/calm p0.5 c0 [1/calm:0.5 2/annoyed:0 3/furious:0.5]", 41
        },
        { "Cloudflare", $$$"""{"result":{"model":"m2","answers":{ {{{Named}}} },"usage":{"input_tokens":12,"output_tokens":1}},"success":true,"errors":[],"messages":[]}""", "refund=True p0.95 [True:0.95 False:0.05] | team=tech p0.96 c0.92 [returns:0.04 tech:0.96] | anger=2.05/annoyed p0.95 c0.925 [1/calm:0 2/annoyed:0.95 3/furious:0.05]", 12 },
        {
            "Fireworks",
            """{"model":"m2","answers":[{"type":"predicate","name":"refund","probability":0.4999},{"type":"choice","name":"team","choice":"tech","confidence":0.6,"probabilities":[{"value":"returns","probability":0.34},{"value":"tech","probability":0.65}]},{"type":"score","name":"anger","score":0,"confidence":1,"probabilities":[{"value":0,"label":"calm","probability":1},{"value":1,"label":"annoyed","probability":0},{"value":2,"label":"furious","probability":0}]}],"usage":{"input_tokens":9,"output_tokens":0,"total_tokens":9}}""",
            "refund=False p0.4999 [True:0.4999 False:0.5001] | team=tech p0.65 c0.6 [returns:0.34 tech:0.65] | anger=1/calm p1 c1 [1/calm:1 2/annoyed:0 3/furious:0]", 9
        },
        {
            "Gemini",
            """{"answers":{"refund":{"type":"noul","noul":0.93,"confidence":0.93},"team":{"type":"choice","choice":"returns","probabilities":{"returns":0.98,"tech":0.02},"confidence":0.98},"anger":{"type":"score","score":0.7,"legend":{"0":"calm","1":"annoyed","2":"furious"},"probabilities":{"0":0.4,"1":0.5,"2":0.1},"confidence":0.5}},"usage":{"total_input_tokens":61,"total_output_tokens":0,"total_tokens":61}}""",
            "refund=True p0.93 c0.93 [True:0.93 False:0.07] | team=returns p0.98 c0.98 [returns:0.98 tech:0.02] | anger=1.7/annoyed p0.5 c0.5 [1/calm:0.4 2/annoyed:0.5 3/furious:0.1]", 61
        },
        {
            "SGLang",
            """{"model":"default","prompt_format_version":1,"answers":{"refund":{"type":"yes_no","probabilities":{"yes":0.96,"no":0.04},"label_mass":0.99},"team":{"type":"choice","choice":"returns","probabilities":{"returns":0.97,"tech":0.03},"label_mass":0.98},"anger":{"type":"score","score":0.8,"probabilities":{"0":0.3,"1":0.6,"2":0.1},"label_mass":0.97}},"usage":{"prompt_tokens":240,"total_tokens":240}}""",
            "refund=True p0.96 m0.99 [True:0.96 False:0.04] | team=returns p0.97 m0.98 [returns:0.97 tech:0.03] | anger=1.8/annoyed p0.6 m0.97 [1/calm:0.3 2/annoyed:0.6 3/furious:0.1]", 240
        },
        { "Bailian", $$$"""{"answers":{ {{{Named}}} },"usage":{"input_tokens":77}}""", "refund=True p0.95 [True:0.95 False:0.05] | team=tech p0.96 c0.92 [returns:0.04 tech:0.96] | anger=2.05/annoyed p0.95 c0.925 [1/calm:0 2/annoyed:0.95 3/furious:0.05]", 77 },
        { "Sikaru", """{"model":"m2","answers":{"refund":{"type":"noul","noul":0.8},"anger":{"type":"score","score":2,"probabilities":{"2":1}}},"usage":null}""", "refund=True p0.8 [True:0.8 False:0.2] | team!NoAnswer | anger=3/furious p1 [3/furious:1]", null },
        {
            "Bifrost",
            """{"model":"m2","answers":[{"type":"predicate","name":"refund","probability":0.7,"answer_confidence":0.7,"low_confidence":false},{"type":"choice","name":"team","choice":"tech","abstention":null,"confidence":0.9,"probabilities":[{"value":"returns","probability":0.1},{"value":"tech","probability":0.9}]},{"type":"score","name":"anger","score":1,"legend":{"1":"annoyed"},"confidence":0.3,"probabilities":[]}],"usage":{"input_tokens":5,"truncated":false},"extra_fields":{"latency":3}}""",
            "refund=True p0.7 [True:0.7 False:0.3] | team=tech p0.9 c0.9 [returns:0.1 tech:0.9] | anger=2/annoyed c0.3 []", 5
        },
        { "Maple", """{"model":"m2","answers":{"refund":{"type":"noul","noul":0.8,"temperature":1.2,"option_mass":0.9},"team":{"type":"choice","choice":"Tech","probabilities":{"Returns":0.2,"Tech":0.8}},"anger":{"type":"score","score":1.2}},"usage":{}}""", "refund=True p0.8 m0.9 [True:0.8 False:0.2] | team=tech p0.8 [returns:0.2 tech:0.8] | anger=2.2/annoyed []", null },
    };

    [Theory]
    [MemberData(nameof(Documented))]
    public async Task Complete_AnswerOfEachServer_IsRead(string server, string answer, string expected, int? tokens)
    {
        Assert.NotEmpty(server);
        using RawServer service = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(service);

        ChatDecision decision = await connection.Decisions.CompleteAsync(Ask.About("text"), CallSettings.None, CancellationToken.None);

        Assert.Equal(expected, Tell(decision));
        Assert.Equal(tokens, decision.Usage?.InputTokens);
        Assert.Equal(answer.Trim(), decision.Raw.Trim());
        Assert.Single(service.Exchanges);
    }

    [Theory]
    [InlineData("""{"prompt_feedback":{"block_reason":"safety","block_reason_message":"no"},"usage":{"total_input_tokens":3}}""", ErrorIds.ContentFiltered)]
    [InlineData("""{"result":null,"success":false,"errors":[{"code":3036,"message":"you have used up your daily free allocation"}],"messages":[]}""", ErrorIds.QuotaExceeded)]
    [InlineData("""{"result":null,"success":false,"errors":[{"code":3040,"message":"Capacity temporarily exceeded, please try again."}],"messages":[]}""", ErrorIds.RateLimited)]
    [InlineData("""{"model":"m"}""", ErrorIds.BadResponse)]
    [InlineData("""{"answers":null}""", ErrorIds.BadResponse)]
    [InlineData("""{"answers":"yes"}""", ErrorIds.BadResponse)]
    [InlineData("""{"answers":[{"type":"predicate","probability":1}]}""", ErrorIds.BadResponse)]
    [InlineData("<html>Welcome</html>", ErrorIds.BadResponse)]
    public async Task Complete_AnswerThatIsNone_IsOneFailure(string answer, string errorId)
    {
        using RawServer service = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(service, maxRetry: 3);

        Assert.Equal(errorId, (await Assert.ThrowsAsync<ChatServiceException>(() => connection.Decisions.CompleteAsync(Ask.About("text"), CallSettings.None, CancellationToken.None))).ErrorId);
        Assert.Single(service.Exchanges);
    }

    [Theory]
    [InlineData(3036, 1)]
    [InlineData(3040, 2)]
    public async Task Complete_CloudflareWithoutRoom_IsTriedAgainWhereThatHelps(int code, int requests)
    {
        string refusal = $$"""{"result":null,"success":false,"errors":[{"code":{{code}},"message":"no"}],"messages":[]}""";
        using RawServer service = RawServer.Start(RawServer.Answer(429, refusal, "application/json", "Retry-After: 0"), RawServer.Answer(200, """{"answers":{"refund":{"noul":1}}}"""));
        using ServiceConnection connection = Engine.Connect(service, maxRetry: 1);

        Exception? failure = await Record.ExceptionAsync(() => connection.Decisions.CompleteAsync(Ask.About("text"), CallSettings.None, CancellationToken.None));

        Assert.Equal((requests == 1, requests), (failure is ChatServiceException { ErrorId: ErrorIds.QuotaExceeded }, service.Exchanges.Count));
    }

    [Fact]
    public async Task Complete_AnswersThatAreMissingFromAList_AreFoundByName()
    {
        using RawServer service = RawServer.Answering(200, """{"answers":[{"type":"score","name":"anger","score":2},{"type":"predicate","name":"refund","probability":1}]}""");
        using ServiceConnection connection = Engine.Connect(service);

        ChatDecision decision = await connection.Decisions.CompleteAsync(Ask.About("text"), CallSettings.None, CancellationToken.None);

        Assert.Equal("refund=True p1 [True:1 False:0] | team!NoAnswer | anger=3/furious []", Tell(decision));
    }

    [Fact]
    public async Task Complete_AnswersInAnotherOrder_AreFoundByName()
    {
        using RawServer service = RawServer.Answering(200, """{"answers":[{"type":"choice","name":"team","choice":"tech"},{"type":"score","name":"anger","score":2},{"type":"predicate","name":"refund","probability":1}]}""");
        using ServiceConnection connection = Engine.Connect(service);

        ChatDecision decision = await connection.Decisions.CompleteAsync(Ask.About("text"), CallSettings.None, CancellationToken.None);

        Assert.Equal("refund=True p1 [True:1 False:0] | team=tech [] | anger=3/furious []", Tell(decision));
    }

    [Theory]
    [InlineData("""{"answers":{"q":{"choice":true,"probabilities":{"true":0.8,"false":0.2}}}}""", true)]
    [InlineData("""{"answers":{"q":{"choice":"true","probabilities":{"true":0.8,"false":0.2}}}}""", true)]
    [InlineData("""{"answers":[{"choice":false,"probabilities":[{"value":true,"probability":0.2},{"value":false,"probability":0.8}]}]}""", false)]
    public async Task Complete_ChoiceOfBooleans_StaysOne(string answer, bool expected)
    {
        using RawServer service = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(service);
        ChatQuestion question = new() { Name = "q", Type = ChatQuestionType.Choice, Text = "?", Options = [new ChatQuestionOption { Value = true }, new ChatQuestionOption { Value = false }] };

        ChatDecisionAnswer read = Assert.Single((await connection.Decisions.CompleteAsync(Ask.About("text", question), CallSettings.None, CancellationToken.None)).Answers);

        Assert.Equal((expected, 0.8), (read.Value, read.Probability));
    }

    [Theory]
    [InlineData("""{"choice":"other","probabilities":{"returns":0.2}}""", "Undecided")]
    [InlineData("""{"choice":null}""", "NoAnswer")]
    [InlineData("""[]""", "NoAnswer")]
    [InlineData("""{"refusal":"I cannot"}""", "Refused")]
    public async Task Complete_ChoiceThatIsNone_IsMissing(string answer, string missing)
    {
        using RawServer service = RawServer.Answering(200, $$$"""{"answers":{"team":{{{answer}}} } }""");
        using ServiceConnection connection = Engine.Connect(service);

        ChatDecisionAnswer read = Assert.Single((await connection.Decisions.CompleteAsync(Ask.About("text", Ask.Team), CallSettings.None, CancellationToken.None)).Answers);

        Assert.Equal((missing, null, null), (read.Missing, read.Value, read.Probability));
    }

    private static string Tell(ChatDecision decision) => string.Join(" | ", decision.Answers.Select(answer => FormattableString.Invariant(
        $"{answer.Name}{(answer.Missing is { } missing ? "!" + missing : $"={Number(answer.Value)}{(answer.Level is null ? "" : "/" + answer.Level)}{Mark(" p", answer.Probability)}{Mark(" c", answer.Confidence)}{Mark(" m", answer.LabelMass)} [{string.Join(" ", answer.Probabilities.Select(Tell))}]")}")));

    private static string Tell(ChatDecisionProbability each) => FormattableString.Invariant($"{Number(each.Value)}{(each.Label is null ? "" : "/" + each.Label)}:{each.Probability}");

    private static string Number(object? value) => FormattableString.Invariant($"{value}");

    private static string Mark(string name, double? value) => value is { } number ? FormattableString.Invariant($"{name}{number}") : "";
}
