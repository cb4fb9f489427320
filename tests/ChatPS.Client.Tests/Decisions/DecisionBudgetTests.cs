using System.Globalization;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>What decisions take, known before, kept to, and counted where they fail.</summary>
public sealed class DecisionBudgetTests
{
    private const string Refusal = """{"error":{"message":"no"}}""";
    private static readonly PriceTable Prices = new([new ModelPrice("*", 1_000_000, 1_000_000)]);

    [Fact]
    public async Task Complete_PartThatFails_IsCountedWithThoseThatWerePaid()
    {
        string paid = $$"""{"model":"m","answers":[{{string.Join(",", Enumerable.Repeat("""{"probability":0.9}""", 400))}}],"usage":{"input_tokens":10,"output_tokens":0} }""";
        using RawServer server = RawServer.Start(exchange => exchange.Body.Contains("\"n0\"", StringComparison.Ordinal)
            ? exchange.AnswerAsync(200, paid, "application/json") : exchange.AnswerAsync(400, Refusal, "application/json"));
        using ServiceConnection connection = Engine.Connect(server);
        Budget budget = new(null, 20_000, Prices);

        ChatServiceException[] failures = await FailAsync(connection, Ask.About("text", Questions(450)), budget, 3);

        Assert.All(failures, failure => Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId));
        Assert.Equal((30, 30m), (budget.Tokens, budget.Cost));
    }

    [Fact]
    public async Task Complete_ProbeOfTokensThatFindsNone_IsPaidOnce()
    {
        using RawServer server = RawServer.Start(exchange => exchange.Body.Contains("\"logprobs\"", StringComparison.Ordinal)
            ? exchange.AnswerAsync(200, Engine.Answer("yes", ""","usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10}"""), "application/json") : exchange.AnswerAsync(400, Refusal, "application/json"));
        using ServiceConnection connection = Engine.Connect(server);
        Budget budget = new(null, 20_000, Prices);

        await FailAsync(connection, Ask.About("text") with { Form = "Chat" }, budget, 4);

        Assert.Equal((10, 10m), (budget.Tokens, budget.Cost));
        Assert.Equal(5, server.Exchanges.Count);
    }

    [Fact]
    public async Task Complete_LongTypedAnswers_StayWithinTheMoneyAfterTheFirst()
    {
        const string Usage = ""","usage":{"prompt_tokens":10,"completion_tokens":1000,"total_tokens":1010}""";
        using RawServer server = RawServer.Start(exchange => exchange.Body.Contains("\"logprobs\"", StringComparison.Ordinal)
            ? exchange.AnswerAsync(400, """{"error":{"message":"no logprobs here"}}""", "application/json")
            : exchange.AnswerAsync(200, Engine.Answer("""{"q1":true}""", Usage), "application/json"));
        using ServiceConnection connection = Engine.Connect(server);
        Budget budget = new(null, 3000, new PriceTable([new ModelPrice("*", 0, 1_000_000)]));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Record.ExceptionAsync(() =>
            connection.Decisions.CompleteAsync(Ask.About("text", Ask.Refund) with { Form = "Chat" }, CallSettings.None, new RunPlan { Budget = budget }, CancellationToken.None))));

        Assert.Equal(3000m, budget.Cost);
    }

    [Fact]
    public async Task Complete_ManyParts_AreAskedAFewAtATimeAndNoMoreAfterAFailure()
    {
        int underWay = 0;
        int most = 0;
        using RawServer server = RawServer.Start(async exchange =>
        {
            int now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            bool isFirst = exchange.Body.Contains("\"n0\"", StringComparison.Ordinal);
            await (isFirst
                ? exchange.AnswerAsync(200, """{"answers":[]}""", "application/json")
                : exchange.AnswerAsync(400, Refusal, "application/json"));
            Interlocked.Decrement(ref underWay);
        });
        using ServiceConnection connection = Engine.Connect(server);

        await FailAsync(connection, Ask.About("text", Questions(40_000)), new Budget(null, null, null), 1);

        Assert.InRange(server.Exchanges.Count, 2, 1 + 8);
        Assert.InRange(most, 1, 8);
    }

    [Theory]
    [InlineData(null, "sandbox-mini", 3, 1)]
    [InlineData(null, "sandbox-mini", 450, 1)]
    [InlineData(null, "sandbox-systemone", 30, 2)]
    [InlineData(null, "sandbox-sglang", 30, 2)]
    [InlineData("SystemOne", "sandbox-mini", 3, 1)]
    [InlineData("SGLang", "sandbox-sglang", 3, 1)]
    [InlineData("Chat", "sandbox-mini", 1, 1)]
    [InlineData("Chat", "sandbox-mini", 9, 1)]
    public async Task Estimate_OfEachWay_IsAtOrALittleAboveTheTruth(string? form, string model, int questions, int calls)
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);
        DecisionRequest request = Ask.About("I bought a lamp from you in spring, and it broke on the second day. Please send my money back.", Questions(questions)) with { Model = model, Form = form };
        for (int warm = 1; warm < calls; warm++)
        {
            await connection.Decisions.CompleteAsync(request, CallSettings.None, CancellationToken.None);
        }

        RequestEstimate estimate = connection.Decisions.Estimate(request, CallSettings.None);
        ChatDecision decision = await connection.Decisions.CompleteAsync(request, CallSettings.None, CancellationToken.None);

        Assert.InRange(estimate.InputTokens, decision.Usage!.InputTokens, decision.Usage.InputTokens * 3);
    }

    [Fact]
    public async Task Estimate_OfOutput_IsToldWhereItIsKnown()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);
        DecisionRequest chat = Ask.About("text") with { Form = "Chat" };

        Assert.Equal(0, connection.Decisions.Estimate(Ask.About("text"), CallSettings.None).OutputLimit);
        Assert.Null(connection.Decisions.Estimate(chat, CallSettings.None).OutputLimit);
        await connection.Decisions.CompleteAsync(chat, CallSettings.None, CancellationToken.None);
        Assert.Equal(3 * 16, connection.Decisions.Estimate(chat, CallSettings.None).OutputLimit);
    }

    [Fact]
    public void Estimate_OfPictures_DoesNotGoByTheirLength()
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:1/v1"));
        ChatContent picture = new() { Type = "image_url", Url = "data:image/png;base64," + new string('A', 3_000_000) };
        DecisionRequest request = Ask.About("text") with { Messages = [new ChatMessage { Role = "user", Content = [picture] }] };

        Assert.InRange(connection.Decisions.Estimate(request, CallSettings.None).InputTokens, 1500, 2000);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while (now > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, now, seen) != seen)
        {
        }
    }

    private static ChatQuestion[] Questions(int count) =>
        [.. Enumerable.Range(0, count).Select(place => new ChatQuestion { Name = string.Create(CultureInfo.InvariantCulture, $"n{place}"), Text = "Does the writer want a refund?" })];

    private static async Task<ChatServiceException[]> FailAsync(ServiceConnection connection, DecisionRequest request, Budget budget, int times)
    {
        List<ChatServiceException> failures = [];
        for (int asked = 0; asked < times; asked++)
        {
            failures.Add(await Assert.ThrowsAsync<ChatServiceException>(() => connection.Decisions.CompleteAsync(request, CallSettings.None, new RunPlan { Budget = budget }, CancellationToken.None).WaitAsync(Engine.Patience)));
        }

        return [.. failures];
    }
}
