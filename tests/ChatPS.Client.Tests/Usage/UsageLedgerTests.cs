using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Models;
using ChatPS.Client.Moderation;
using ChatPS.Client.Providers;
using ChatPS.Client.Text;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Usage;

/// <summary>Every call is entered once, whatever becomes of it.</summary>
public sealed class UsageLedgerTests
{
    private const string Usage = ""","usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":31,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":6}}""";

    private readonly UsageLedger _ledger = new();
    private readonly FakeTime _time = new();

    [Fact]
    public async Task Record_Answer_AddsTokensUnderTheModelThatAnswered()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi", Usage));
        using ServiceConnection connection = Connect(server.BaseUri);
        DateTimeOffset first = _time.GetUtcNow();

        await connection.CompleteAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await connection.CompleteAsync();

        ChatUsageTotal total = Assert.Single(Read());
        Assert.Equal(("Default", "m"), (total.Connection, total.Model));
        Assert.Equal((2, 2, 0, 0), (total.Requests, total.Succeeded, total.Failures, total.Retries));
        Assert.Equal((20, 8, 40, 12, 62), (total.InputTokens, total.CachedTokens, total.OutputTokens, total.ReasoningTokens, total.TotalTokens));
        Assert.Equal((null, TimeSpan.Zero), (total.Cost, total.WaitTime));
        Assert.Equal((first, first + TimeSpan.FromMinutes(1)), (total.FirstUsed, total.LastUsed));
        Assert.Equal("Default m: 2 requests, 62 tokens", total.ToString());
    }

    [Fact]
    public void Read_CallsOfABatchAmongOthers_AreEachAtTheirPrice()
    {
        ChatUsage usage = new() { InputTokens = 1_000_000, OutputTokens = 1_000_000, TotalTokens = 2_000_000 };
        FinishedCall call = new("Default", "m", "m", 1, TimeSpan.Zero, HasSucceeded: true, WasCancelled: false, usage, null, _time.GetUtcNow());
        _ledger.Record(call);
        _ledger.Record(call with { IsBatch = true });

        ChatUsageTotal total = Assert.Single(Read(new PriceTable([new ModelPrice("m", 2, 6) { BatchOutput = 1 }])));

        Assert.Equal((2, 2_000_000, 2 + 6 + 1 + 1m), (total.Requests, total.InputTokens, total.Cost));
    }

    [Theory]
    [InlineData("m", 3)]
    [InlineData("sandbox-*", 5)]
    [InlineData("other", null)]
    public async Task Cost_PriceOfTheModelThatAnsweredOrWasAsked_IsOnTheAnswerAndInTheTotal(string priced, int? price)
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi", Usage));
        using ServiceConnection connection = Connect(server.BaseUri);
        PriceTable prices = new([new ModelPrice(priced, price ?? 1, price ?? 1)]);
        decimal? expected = price * 30 / 1_000_000m;

        ChatCompletion answer = await connection.CompleteAsync(settings: new CallSettings { Prices = prices });
        ChatCompletion unpriced = await connection.CompleteAsync();

        Assert.Equal(expected, answer.Cost);
        Assert.Null(unpriced.Cost);
        Assert.Equal(expected, Assert.Single(Read()).Cost);
        Assert.Equal(expected * 2, Assert.Single(Read(prices)).Cost);
    }

    [Fact]
    public async Task Cost_SeveralPrices_TheModelThatAnsweredWins()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi", Usage));
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion answer = await connection.CompleteAsync(settings: new CallSettings { Prices = new PriceTable([new ModelPrice("sandbox-mini", 9, 9), new ModelPrice("m", 1, 1)]) });

        Assert.Equal(0.00003m, answer.Cost);
    }

    [Fact]
    public async Task Read_PriceOfARequest_IsThatOfEachRequestThatSucceeded()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi", Usage));
        using ServiceConnection connection = Connect(server.BaseUri);
        PriceTable prices = new([new ModelPrice("*", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Request] = 2 } }]);

        await connection.CompleteAsync(settings: new CallSettings { Prices = prices });
        await connection.CompleteAsync(settings: new CallSettings { Prices = prices });

        Assert.Equal((4m, 4m), (Assert.Single(Read()).Cost, Assert.Single(Read(prices)).Cost));
    }

    [Fact]
    public async Task Record_StreamAndText_AddTheirTokensAndCosts()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions());
        using ServiceConnection connection = Connect(server.BaseUri);
        CallSettings settings = new() { Prices = new PriceTable([new ModelPrice("*", 1_000_000, 1_000_000)]) };
        TextRequest text = new() { Prompt = "one two" };

        ChatAnswer[] answers =
        [
            (await Engine.CollectAsync(connection.Chat.StreamAsync(Engine.Ask("one two three"), settings, CancellationToken.None)))[^1].Completion!,
            await connection.Text.CompleteAsync(text, settings, CancellationToken.None),
            (await Engine.CollectAsync(connection.Text.StreamAsync(text, settings, CancellationToken.None)))[^1].Completion!,
        ];

        ChatUsageTotal total = Assert.Single(Read());
        Assert.Equal((3, 3), (total.Requests, total.Succeeded));
        Assert.Equal(answers.Sum(answer => answer.Usage!.TotalTokens), total.TotalTokens);
        Assert.All(answers, answer => Assert.Equal(answer.Usage!.TotalTokens, answer.Cost));
        Assert.Equal(total.TotalTokens, total.Cost);
    }

    [Fact]
    public async Task Record_Failure_IsOneUnderTheModelThatWasAsked()
    {
        using RawServer server = RawServer.Answering(400, """{"error":{"message":"no"}}""");
        using ServiceConnection connection = Connect(server.BaseUri);

        await connection.FailAsync();
        await connection.FailStreamAsync();

        ChatUsageTotal total = Assert.Single(Read());
        Assert.Equal(("sandbox-mini", 2L, 0L, 2L, 0L), (total.Model, total.Requests, total.Succeeded, total.Failures, total.TotalTokens));
    }

    [Theory]
    [InlineData("""{"choices":[]}""")]
    [InlineData("not json")]
    public async Task Record_AnswerThatIsNone_IsAFailure(string body)
    {
        using RawServer server = RawServer.Answering(200, body);
        using ServiceConnection connection = Connect(server.BaseUri);

        await connection.FailAsync();

        Assert.Equal((1, 0, 1), Counts(Assert.Single(Read())));
    }

    [Fact]
    public async Task Record_StreamThatIsCut_IsAFailure()
    {
        using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text("half")));
        using ServiceConnection connection = Connect(server.BaseUri);

        await connection.FailStreamAsync();

        Assert.Equal((1, 0, 1), Counts(Assert.Single(Read())));
    }

    [Fact]
    public async Task Record_NoServer_IsAFailure()
    {
        using ServiceConnection connection = Connect(new Uri("http://127.0.0.1:1/v1"));

        await connection.FailAsync();

        Assert.Equal((1, 0, 1), Counts(Assert.Single(Read())));
    }

    [Fact]
    public async Task Record_CancelledByTheCaller_IsNeitherSuccessNorFailure()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [new SandboxFault { Kind = SandboxFaultKind.Silence }] });
        using ServiceConnection connection = Connect(server.BaseUri);
        using CancellationTokenSource cancel = new();

        Task<ChatCompletion> call = connection.CompleteAsync(cancellationToken: cancel.Token);
        await Engine.Eventually(() => server.GetRequests().Count > 0);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal((1, 0, 0), Counts(Assert.Single(Read())));
    }

    [Fact]
    public async Task Record_Retries_AreCountedWithTheirWaits()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(429, "{}", "application/json", "retry-after: 7"), RawServer.Answer(500, "{}", "application/json", "retry-after: 5"), RawServer.Answer(200, Engine.Answer("hi")));
        using ServiceConnection connection = Connect(server.BaseUri, maxRetry: 2);

        Task<ChatCompletion> call = connection.CompleteAsync();
        await _time.SkipWaitsAsync(call, ConnectionSettings.DefaultTimeout);
        await call;

        ChatUsageTotal total = Assert.Single(Read());
        Assert.Equal((1L, 1L, 2L, TimeSpan.FromSeconds(12)), (total.Requests, total.Succeeded, total.Retries, total.WaitTime));
    }

    [Fact]
    public async Task Record_ModelsAndModerations_AreCounted()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions());
        using ServiceConnection connection = Connect(server.BaseUri);

        await connection.Models.ListAsync(CallSettings.None, CancellationToken.None);
        await connection.Models.GetAsync("sandbox-mini", CallSettings.None, CancellationToken.None);
        await connection.Moderations.ModerateAsync([new ModerationItem { Text = "fine" }], "sandbox-moderation", CallSettings.None, CancellationToken.None);

        Assert.Equal([("", 2L, 2L), ("sandbox-moderation", 1L, 1L)], Read().Select(total => (total.Model, total.Requests, total.Succeeded)));
    }

    [Fact]
    public async Task Record_ManyAtOnce_LosesNone()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions());
        using ServiceConnection connection = Connect(server.BaseUri);

        ChatCompletion[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => connection.CompleteAsync()));

        ChatUsageTotal total = Assert.Single(Read());
        Assert.Equal((100, 100, 0), Counts(total));
        Assert.Equal(answers.Sum(answer => answer.Usage!.TotalTokens), total.TotalTokens);
    }

    [Fact]
    public async Task Registry_ConnectionsOfAllRunspaces_ShareOneLedger()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi", Usage));
        using ConnectionRegistry registry = new(KnownDialects.OpenAI);

        await registry.Connect(Settings("Beta"), Guid.NewGuid(), isolated: false).CompleteAsync();
        await registry.Connect(Settings("beta"), Guid.NewGuid(), isolated: true).CompleteAsync();
        await registry.Connect(Settings("alpha"), Guid.NewGuid(), isolated: false).CompleteAsync();

        Assert.Equal([("alpha", 1L), ("Beta", 2L)], registry.Usage.Read((_, _) => true).Select(total => (total.Connection, total.Requests)));
        Assert.Equal("alpha", Assert.Single(registry.Usage.Read((connection, model) => connection == "alpha" && model == "m")).Connection);

        ConnectionSettings Settings(string name) => new() { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "x", Name = name };
    }

    [Fact]
    public async Task Remove_OneTotal_LeavesTheOthers()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi"));
        using ServiceConnection connection = Connect(server.BaseUri);
        await connection.CompleteAsync();
        using ServiceConnection nowhere = Connect(new Uri("http://127.0.0.1:1/v1"));
        await nowhere.FailAsync();

        _ledger.Remove(Read()[0]);

        Assert.Equal("sandbox-mini", Assert.Single(Read()).Model);
    }

    private static (int Requests, int Succeeded, int Failures) Counts(ChatUsageTotal total) => ((int)total.Requests, (int)total.Succeeded, (int)total.Failures);

    private ServiceConnection Connect(Uri address, int maxRetry = 0) =>
        new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = address, Model = "sandbox-mini", MaxRetry = maxRetry }, _time, () => 0.5, _ledger);

    private IReadOnlyList<ChatUsageTotal> Read(PriceTable? prices = null) => _ledger.Read((_, _) => true, prices);
}
