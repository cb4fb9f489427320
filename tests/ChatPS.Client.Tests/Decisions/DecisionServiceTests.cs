using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>What a run of decisions keeps to, and what is refused before anything is sent.</summary>
public sealed class DecisionServiceTests
{
    private static readonly PriceTable Prices = new([new ModelPrice("*", 1, 2)]);

    [Theory]
    [InlineData(null, 450, "400 50")]
    [InlineData("SystemOne", 401, "400 1")]
    [InlineData(null, 400, "400")]
    public async Task Complete_ManyQuestions_AreSplitAndJoinedInOrder(string? form, int count, string parts)
    {
        using SandboxServer server = SandboxServer.Start();
        using CheckpointFolder folder = new();
        ChatQuestion[] questions = [.. Enumerable.Range(0, count).Select(place => new ChatQuestion { Name = $"n{place}", Text = place % 2 == 0 ? "refund?" : "other?" })];
        DecisionRequest request = Ask.About("I want a refund.", questions) with { Form = form };
        ChatDecision decision;
        using (ServiceConnection connection = Engine.Connect(server))
        using (Checkpoint checkpoint = folder.Open())
        {
            decision = await connection.Decisions.CompleteAsync(request, new CallSettings { Prices = Prices }, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None);
        }

        Assert.Equal(questions.Select((question, place) => (question.Name, (object?)(place % 2 == 0))), decision.Answers.Select(answer => (answer.Name, answer.Value)));
        Assert.Equal(parts.Split(' ').Length, server.GetRequests().Count);
        using ServiceConnection other = Engine.Connect(server);
        using Checkpoint again = folder.Open();
        ChatDecision restored = await other.Decisions.CompleteAsync(request, CallSettings.None, new RunPlan { Checkpoint = again }, CancellationToken.None);
        Assert.Equal(parts.Split(' ').Length, server.GetRequests().Count);
        Assert.Equal((decision.Text, decision.Usage!.TotalTokens, decision.Cost, decision.Raw), (restored.Text, restored.Usage!.TotalTokens, restored.Cost, restored.Raw));
        using JsonDocument raw = JsonDocument.Parse(decision.Raw);
        Assert.Equal(parts.Split(' ').Length == 1 ? JsonValueKind.Object : JsonValueKind.Array, raw.RootElement.ValueKind);
    }

    [Fact]
    public async Task Complete_PartsOfARequest_AddUp()
    {
        string[] answers =
        [
            $$"""{"model":"m","answers":[{{string.Join(",", Enumerable.Repeat("""{"probability":0.9}""", 400))}}],"usage":{"input_tokens":100,"output_tokens":1} }""",
            """{"model":"m","answers":[{"probability":0.1}],"usage":{"input_tokens":7,"output_tokens":2}}""",
        ];
        using RawServer server = RawServer.Start(exchange => exchange.AnswerAsync(200, answers[exchange.Body.Contains("\"n400\"", StringComparison.Ordinal) ? 1 : 0], "application/json"));
        using ServiceConnection connection = Engine.Connect(server);
        ChatQuestion[] questions = [.. Enumerable.Range(0, 401).Select(place => new ChatQuestion { Name = $"n{place}", Text = "?" })];

        ChatDecision decision = await connection.Decisions.CompleteAsync(Ask.About("text", questions), new CallSettings { Prices = Prices }, CancellationToken.None);

        Assert.Equal((107, 3, 0.000113m, false), (decision.Usage!.InputTokens, decision.Usage.OutputTokens, decision.Cost, decision.Answers[400].Value));
        Assert.Equal(decision.Text, connection.Decisions.Restore(new CheckpointRecord { Raw = decision.Raw }, Ask.About("text", questions), CallSettings.None).Text);
    }

    [Fact]
    public async Task Complete_WithinBudget_SettlesWhatItTook()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);
        RunPlan plan = new() { Budget = new Budget(400, null, null) };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(async () =>
        {
            for (int asked = 0; asked < 100; asked++)
            {
                await connection.Decisions.CompleteAsync(Ask.About($"text {asked}"), CallSettings.None, plan, CancellationToken.None);
            }
        });

        Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
        Assert.InRange(server.GetRequests().Count, 1, 20);
    }

    [Fact]
    public async Task Complete_ModelThatIsMissing_FallsBack()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);
        RunPlan plan = new() { Fallback = new ModelFallback(["sandbox-large"], ModelFallback.DefaultReasons) };

        ChatDecision decision = await connection.Decisions.CompleteAsync(Ask.About("text") with { Model = "missing-1" }, CallSettings.None, plan, CancellationToken.None);

        Assert.Equal("sandbox-large", decision.Model);
        Assert.Equal(["missing-1"], decision.FallbackFrom);
    }

    [Fact]
    public async Task Complete_RateLimit_IsTriedAgain()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(429, """{"error":{"message":"slow down"}}""", "application/json", "Retry-After: 0"), RawServer.Answer(200, """{"answers":[{"probability":1}]}"""));
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 1);

        Assert.Equal("refund: True", (await connection.Decisions.CompleteAsync(Ask.About("text", Ask.Refund), CallSettings.None, CancellationToken.None)).Text);
        Assert.Equal(2, server.Exchanges.Count);
    }

    /// <summary>A request that cannot be sent, its form, and what the error names.</summary>
    public static TheoryData<string, string?, string> Refused => new()
    {
        { "none", null, "-Question is empty" },
        { "twice", null, "two questions are called 'REFUND'" },
        { "nameless", null, "a question has no name" },
        { "wordless", null, "'refund' has no text" },
        { "nothing", null, "nothing that the questions are about" },
        { "one option", null, "'team' has 1 option; a choice needs 2 or more" },
        { "empty option", null, "'team' has an option that is empty" },
        { "same option", null, "'team' has the same option twice" },
        { "300 options", null, "'team' has 300 options; the form OpenAI takes at most 255" },
        { "27 options", "SGLang", "'team' has 27 options; the form SGLang takes at most 26" },
        { "both trues", "SystemOne", "'team' has the option 'true' as a boolean and as text" },
        { "both trues", "Chat", "'team' has the option 'true' as a boolean and as text" },
        { "one level", null, "'anger' has 1 level; a score needs 2 or more" },
        { "11 levels", null, "'anger' has 11 levels; the form OpenAI takes at most 10" },
        { "gap", null, "'anger' has the level 4 after 2" },
        { "blank", "Gemini", "the option ' x' begins or ends with a blank" },
        { "address", "SystemOne", "takes no address of an image" },
        { "sound", null, "'input_audio'" },
        { "identifier", "SystemOne", "-SafetyIdentifier: the form SystemOne has no place for it" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Complete_WhatCannotBeSent_IsRefusedBefore(string what, string? form, string expected)
    {
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Decisions.CompleteAsync(Bad(what) with { Form = form }, CallSettings.None, CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.RecommendedAction);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public async Task Complete_BothTruesInOpenAIsForm_AreTwoOptions()
    {
        using RawServer server = RawServer.Answering(200, """{"answers":[{"choice":"true","probabilities":[{"value":true,"probability":0.1},{"value":"true","probability":0.9}]}]}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatDecisionAnswer answer = Assert.Single((await connection.Decisions.CompleteAsync(Bad("both trues"), CallSettings.None, CancellationToken.None)).Answers);

        Assert.Equal(("true", 0.9), (answer.Value, answer.Probability));
        Assert.Contains("""{"value":true},{"value":"true"}""", server.Exchanges[0].Body, StringComparison.Ordinal);
    }

    private static DecisionRequest Bad(string what) => what switch
    {
        "none" => Ask.About("text") with { Questions = [] },
        "twice" => Ask.About("text", Ask.Refund, new ChatQuestion { Name = "REFUND", Text = "?" }),
        "nameless" => Ask.About("text", new ChatQuestion { Text = "?" }),
        "wordless" => Ask.About("text", new ChatQuestion { Name = "refund", Text = " " }),
        "nothing" => Ask.About(""),
        "one option" => Choice("a"),
        "empty option" => Choice("a", " "),
        "same option" => Choice("a", "a"),
        "300 options" => Choice([.. Enumerable.Range(0, 300).Select(place => $"o{place}")]),
        "27 options" => Choice([.. Enumerable.Range(0, 27).Select(place => $"o{place}")]),
        "both trues" => Choice(true, "true"),
        "one level" => Ask.About("text", Ask.Score("anger", "?", "calm")),
        "11 levels" => Ask.About("text", Ask.Score("anger", "?", [.. Enumerable.Range(0, 11).Select(place => $"l{place}")])),
        "gap" => Ask.About("text", new ChatQuestion { Name = "anger", Type = ChatQuestionType.Score, Text = "?", Levels = [new ChatQuestionLevel { Value = 2, Label = "a" }, new ChatQuestionLevel { Value = 4, Label = "b" }] }),
        "blank" => Choice("a", " x"),
        "address" => Ask.About("text", Ask.Refund) with { Messages = [new ChatMessage { Content = [new ChatContent { Type = "image_url", Url = "https://example.com/a.png" }] }] },
        "sound" => Ask.About("text", Ask.Refund) with { Messages = [new ChatMessage { Content = [ChatContent.FromText("a"), new ChatContent { Type = "input_audio", Data = "AA", Format = "wav" }] }] },
        _ => Ask.About("text", Ask.Refund) with { SafetyIdentifier = "x" },
    };

    private static DecisionRequest Choice(params object[] options) =>
        Ask.About("text", new ChatQuestion { Name = "team", Type = ChatQuestionType.Choice, Text = "?", Options = [.. options.Select(option => new ChatQuestionOption { Value = option })] });
}
