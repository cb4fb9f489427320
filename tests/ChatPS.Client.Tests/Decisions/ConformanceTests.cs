using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>What decisions do in every form, and where a chat model stands in for them: the same questions, the same answers.</summary>
public sealed class ConformanceTests : IDisposable
{
    private const string Evidence = "The parcel arrived damaged and I want a refund. I am furious!";

    private readonly SandboxServer _server = SandboxServer.Start();
    private readonly CheckpointFolder _folder = new();
    private readonly List<IDisposable> _open = [];

    /// <summary>Dialect, model, form, where the answers come from, and how many requests the four questions take.</summary>
    public static TheoryData<string, string, string?, ChatDecisionMethod, int> Ways => new()
    {
        { "OpenAI", "sandbox-mini", null, ChatDecisionMethod.Native, 1 },
        { "Responses", "sandbox-mini", null, ChatDecisionMethod.Native, 1 },
        { "OpenAI", "sandbox-mini", "OpenAI", ChatDecisionMethod.Native, 1 },
        { "OpenAI", "sandbox-mini", "SystemOne", ChatDecisionMethod.Native, 1 },
        { "OpenAI", "sandbox-systemone", null, ChatDecisionMethod.Native, 2 },
        { "OpenAI", "sandbox-sglang", null, ChatDecisionMethod.Native, 2 },
        { "OpenAI", "sandbox-sglang", "SGLang", ChatDecisionMethod.Native, 1 },
        { "Gemini", "sandbox-mini", null, ChatDecisionMethod.Native, 1 },
        { "OpenAI", "sandbox-mini", "Chat", ChatDecisionMethod.LogProbs, 4 },
        { "OpenAI", "sandbox-chat", null, ChatDecisionMethod.LogProbs, 6 },
        { "Responses", "sandbox-mini", "Chat", ChatDecisionMethod.LogProbs, 4 },
        { "Gemini", "sandbox-mini", "chat", ChatDecisionMethod.LogProbs, 4 },
        { "AzureOpenAI", "sandbox-mini", null, ChatDecisionMethod.LogProbs, 4 },
        { "Envelope", "sandbox-mini", null, ChatDecisionMethod.LogProbs, 4 },
        { "OpenAI", "sandbox-tokenless", "Chat", ChatDecisionMethod.Structured, 2 },
        { "Anthropic", "sandbox-mini", null, ChatDecisionMethod.Structured, 1 },
    };

    private static ChatQuestion[] Questions { get; } =
    [
        Ask.Refund, Ask.Team, Ask.Anger,
        new()
        {
            Name = "Whole", Type = ChatQuestionType.Choice, Text = "Is it whole?",
            Options = [new ChatQuestionOption { Value = true, Description = "flawless" }, new ChatQuestionOption { Value = false, Description = "damaged" }],
        },
    ];

    public void Dispose()
    {
        _open.ForEach(item => item.Dispose());
        _server.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Complete_SameQuestions_HaveTheSameAnswers(string dialect, string model, string? form, ChatDecisionMethod method, int requests)
    {
        ServiceConnection connection = Connect(dialect, model);

        ChatDecision decision = await connection.Decisions.CompleteAsync(Request(form), CallSettings.None, CancellationToken.None);

        Assert.Equal((method, Evidence, 3, connection.Settings.Name), (decision.Method, decision.Input, decision.Index, decision.Connection));
        Assert.Equal(["refund", "team", "anger", "Whole"], decision.Answers.Select(answer => answer.Name));
        Assert.Equal([true, "returns", false], decision.Answers.Where(answer => answer.Type != ChatQuestionType.Score).Select(answer => answer.Value));
        ChatDecisionAnswer anger = decision.Answers[2];
        Assert.Equal("furious", anger.Level);
        Assert.InRange(Assert.IsType<double>(anger.Value), 2.9, 3);
        Assert.Equal(model, decision.Model);
        Assert.True(decision.Usage is { InputTokens: > 0, TotalTokens: > 0 });
        Assert.All(decision.Answers, answer => Assert.Null(answer.Missing));
        Assert.Equal(requests, _server.GetRequests().Count);
        Assert.StartsWith("refund: True, team: returns, anger: ", decision.Text, StringComparison.Ordinal);
        if (method == ChatDecisionMethod.Structured)
        {
            Assert.All(decision.Answers, answer => Assert.True(answer is { Probability: null, Confidence: null, Probabilities.Length: 0 }));
            Assert.False(connection.Decisions.HasProbabilities(model: null, form));
        }
        else
        {
            Assert.All(decision.Answers, answer => Assert.InRange(answer.Probability!.Value, 0.8, 1));
            Assert.All(decision.Answers, answer => Assert.InRange(answer.Probabilities.Sum(each => each.Probability), 0.98, 1.02));
            Assert.Equal([true, false], decision.Answers[3].Probabilities.Select(each => each.Value));
            Assert.Equal(["calm", "annoyed", "furious"], anger.Probabilities.Select(each => each.Label));
            Assert.True(connection.Decisions.HasProbabilities(model: null, form));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Complete_Resumed_GivesTheSameObjectAndAsksNothing(string dialect, string model, string? form, ChatDecisionMethod method, int requests)
    {
        ChatDecision asked;
        using (Checkpoint checkpoint = _folder.Open())
        {
            asked = await Connect(dialect, model).Decisions.CompleteAsync(Request(form), CallSettings.None, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None);
        }

        int sent = _server.GetRequests().Count;
        using Checkpoint again = _folder.Open();
        ChatDecision restored = await Connect(dialect, model).Decisions.CompleteAsync(Request(form: null), CallSettings.None, new RunPlan { Checkpoint = again }, CancellationToken.None);

        Assert.Equal((requests, sent), (sent, _server.GetRequests().Count));
        Assert.Equal(method, restored.Method);
        Assert.Equal(Tell(asked), Tell(restored));
    }

    [Theory]
    [InlineData("OpenAI", "sandbox-mini", null, "Refused")]
    [InlineData("OpenAI", "sandbox-mini", "SystemOne", "NoAnswer")]
    [InlineData("OpenAI", "sandbox-mini", "Chat", "Undecided")]
    public async Task Complete_QuestionsThatAreDeclined_AreMissing(string dialect, string model, string? form, string missing)
    {
        ChatDecision decision = await Connect(dialect, model).Decisions.CompleteAsync(Request(form, "[refuse] a refund"), CallSettings.None, CancellationToken.None);

        Assert.All(decision.Answers, answer => Assert.Equal((missing, null, null), (answer.Missing, answer.Value, answer.Probability)));
    }

    [Fact]
    public async Task Complete_InputThatGeminiBlocks_IsFiltered()
    {
        ServiceConnection connection = Connect("Gemini", "sandbox-mini");

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Decisions.CompleteAsync(Request(form: null, "[refuse] a refund"), CallSettings.None, CancellationToken.None));

        Assert.Equal(ChatPS.Client.Faults.ErrorIds.ContentFiltered, failure.ErrorId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("SystemOne")]
    [InlineData("Chat")]
    public async Task Complete_ObjectsConversationsAndImages_AreEvidence(string? form)
    {
        ServiceConnection connection = Connect("OpenAI", "sandbox-mini");
        const string Pixel = "data:image/png;base64,iVBORw0KGgo=";
        DecisionRequest[] requests =
        [
            Request(form) with { Messages = [], Data = new Dictionary<string, object?> { ["note"] = "I want a refund", ["lines"] = new object?[] { 1, "damaged" } } },
            Request(form) with { Messages = [], Data = new object?[] { "a refund", 7 } },
            Request(form) with { Messages = [new ChatMessage("system", "You help."), new ChatMessage("user", "I want a refund."), new ChatMessage("assistant", "Why?"), new ChatMessage("user", "It is damaged.")] },
            Request(form) with { Messages = [new ChatMessage { Content = [ChatContent.FromText("a refund"), new ChatContent { Type = "image_url", Url = Pixel }] }] },
        ];

        foreach (DecisionRequest request in requests)
        {
            ChatDecision decision = await connection.Decisions.CompleteAsync(request, CallSettings.None, CancellationToken.None);
            Assert.Equal(4, decision.Answers.Length);
            Assert.All(decision.Answers, answer => Assert.Null(answer.Missing));
        }
    }

    private static string Tell(ChatDecision decision) => string.Join("\n", decision.Answers.Select(answer =>
        FormattableString.Invariant($"{answer} {answer.Level} {answer.Probability} {answer.Confidence} {answer.LabelMass} {string.Join(",", answer.Probabilities.Select(each => each.ToString()))}")))
        + $"\n{decision.Usage} {decision.Cost} {decision.Model} {decision.Elapsed} {decision.RequestId} {decision.Connection} {decision.Raw} {decision.Text}";

    private static DecisionRequest Request(string? form, string evidence = Evidence) => Ask.About(evidence, Questions) with { Form = form, Input = evidence, Index = 3 };

    private ServiceConnection Connect(string dialect, string model)
    {
        Dialect spoken = KnownDialects.Find(dialect, "test");
        ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = spoken, BaseUri = BaseAddress.OfHost(_server.BaseUri, spoken).BaseUri, Key = Engine.Secret(Engine.Key), Model = model, MaxRetry = 0 });
        _open.Add(connection);
        return connection;
    }
}
