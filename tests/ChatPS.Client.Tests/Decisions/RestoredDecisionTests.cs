using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>Whatever a service answers, and however it was asked: what a checkpoint keeps reads as the answer did.</summary>
public sealed class RestoredDecisionTests
{
    private static readonly ChatQuestion[] Questions = [Ask.Refund, Ask.Team];

    private static readonly string[] Answers =
    [
        """[{"name":"refund","probability":0.9},{"name":"team","choice":"tech"}]""",
        """[{"name":"team","choice":"tech"},{"name":"refund","probability":0.9}]""",
        """[{"name":"team","choice":"tech"}]""",
        """[{"probability":0.2},{"choice":"tech"}]""",
        """[{"probability":0.2},null]""",
        """[]""",
        """{"refund":{"noul":0.9},"team":{"choice":"returns","probabilities":{"returns":0.8,"tech":0.2}}}""",
        """{"TEAM":{"choice":"returns"},"refund":{"noul":0.9},"refund":{"noul":0.1}}""",
        """{}""",
    ];

    private static readonly string[] Chats =
    [
        Tokens.Answer("yes", ("yes", -0.1), ("no", -3)),
        Tokens.Answer("A", ("A", -0.1), ("B", -3)),
        Tokens.Answer("no", ("yes", -0.1)),
        Tokens.Answer("""{"q1":true,"q2":"tech"}""", ("{", -0.1)),
        Engine.Answer("""{"q1":true,"q2":"tech"}"""),
        Engine.Answer("""{"q1":false,"q2":"returns"}"""),
        $"[{Engine.Answer("""{"q1":false,"q2":"returns"}""")}]",
        $"data: {Tokens.Answer("yes", ("yes", -0.1))}\n\n",
        Engine.Answer("yes"),
        """{"answers":[],"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{\"q1\":true,\"q2\":\"tech\"}"},"finish_reason":"stop"}]}""",
    ];

    private static readonly string[] Messages =
    [
        Message("end_turn", """{\"q1\":true,\"q2\":\"tech\"}"""),
        Message("pause_turn", ""),
        Message("pause_turn", """{\"q1\":true,"""),
        Message("end_turn", """\"q2\":\"returns\"}"""),
    ];

    private static readonly Gen<(Dialect Dialect, string? Form, string[] Answers)> Services = Gen.OneOf(
        Gen.Elements(Answers).Several(1, 1).Select(answers => (KnownDialects.OpenAI, (string?)null, (string[])[.. answers.Select(answer => $$"""{"id":"i","answers":{{answer}},"usage":{"input_tokens":7} }""")])),
        Gen.Elements(Chats).Several(1, 4).Select(answers => (KnownDialects.OpenAI, (string?)DecisionForms.Chat, (string[])[.. answers])),
        Gen.Elements(Messages).Several(1, 4).Select(answers => (KnownDialects.Anthropic, (string?)DecisionForms.Chat, (string[])[.. answers])));

    [Fact]
    public void Restored_WhateverCame_IsWhatWasAnswered() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Arb.From(Services), service =>
    {
        using CheckpointFolder folder = new();
        string? answered = Run(folder, service);

        Assert.True(answered is null || Run(folder, (service.Dialect, service.Form, [])) == answered, answered);
    }));

    [Theory]
    [InlineData("0 399 400")]
    [InlineData("400")]
    [InlineData("7 8 9 449")]
    public async Task Restored_PartsWithoutAllAnswers_GoToTheirOwnQuestions(string missing)
    {
        HashSet<int> left = [.. missing.Split(' ').Select(place => int.Parse(place, System.Globalization.CultureInfo.InvariantCulture))];
        ChatQuestion[] questions = [.. Enumerable.Range(0, 450).Select(place => new ChatQuestion { Name = $"n{place}", Text = "?" })];
        using RawServer server = RawServer.Start(exchange => exchange.AnswerAsync(200, Part(exchange.Body.Contains("\"n400\"", StringComparison.Ordinal) ? 400 : 0), "application/json"));
        using CheckpointFolder folder = new();
        string[] told = [await AskAsync(), await AskAsync()];

        Assert.Equal(told[0], told[1]);
        Assert.Equal(450 - left.Count, told[0].Split("True").Length - 1);
        Assert.Equal(2, server.Exchanges.Count);

        string Part(int first) => $$"""{"answers":[{{string.Join(",", questions.Skip(first).Take(400).Where((_, place) => !left.Contains(first + place)).Select(question => $$"""{"name":"{{question.Name}}","probability":1}"""))}}]}""";

        async Task<string> AskAsync()
        {
            using ServiceConnection connection = Engine.Connect(server);
            using Checkpoint checkpoint = folder.Open();
            return (await connection.Decisions.CompleteAsync(Ask.About("text", questions), CallSettings.None, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None)).Text;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Native")]
    [InlineData("Native 1")]
    [InlineData("Native 3")]
    [InlineData("Native 1 1")]
    [InlineData("Native -1 3")]
    [InlineData("Other 2")]
    public void Restore_PartsThatDoNotFit_AreRefused(string? parts)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:1/v1"));
        CheckpointRecord record = new() { Raw = """{"answers":[{"probability":1},{"choice":"tech"}]}""", Parts = parts };

        Assert.Throws<ChatPS.Api.Errors.WireFormatException>(() => connection.Decisions.Restore(record, Ask.About("text", Questions), CallSettings.None));
    }

    // What the run told; null where there was no answer to keep.
    private static string? Run(CheckpointFolder folder, (Dialect Dialect, string? Form, string[] Answers) service)
    {
        using RawServer server = RawServer.Start([.. service.Answers.Select(answer => RawServer.Answer(200, answer)), RawServer.Answer(500, "{}")]);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Name = "c", Dialect = service.Dialect, BaseUri = server.BaseUri, Model = "m", MaxRetry = 0 });
        using Checkpoint checkpoint = folder.Open();
        try
        {
            ChatDecision decision = connection.Decisions.CompleteAsync(Ask.About("text", Questions) with { Form = service.Form }, CallSettings.None, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None).GetAwaiter().GetResult();
            return string.Join("\n", decision.Answers.Select(answer => FormattableString.Invariant($"{answer} {answer.Probability} {answer.LabelMass} {string.Join(",", answer.Probabilities.Select(each => each.ToString()))}")))
                + $"\n{decision.Method} {decision.Model} {decision.Id} {decision.Raw}";
        }
        catch (ChatServiceException failure) when (failure.ErrorId != ErrorIds.CheckpointFailed)
        {
            return null;
        }
    }

    private static string Message(string reason, string text) =>
        $$"""{"id":"i","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"{{text}}"}],"stop_reason":"{{reason}}","usage":{"input_tokens":5,"output_tokens":3} }""";
}
