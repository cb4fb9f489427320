using System.Text.Json;
using System.Text.Json.Nodes;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Moderation;
using ChatPS.Client.Runs;
using ChatPS.Client.Text;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Tests.Completions;

/// <summary>Answers come from the checkpoint where they are there, from another model where one fails, and within the budget.</summary>
public sealed class GenerationTests : IDisposable
{
    private const string Usage = ""","usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":31,"prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":6}}""";
    private const string Stream = "text/event-stream";
    private const string NotFound = """{"error":{"message":"No such model.","type":"invalid_request_error","code":"model_not_found"}}""";
    private const string TooLong = """{"error":{"message":"Too long.","type":"invalid_request_error","code":"context_length_exceeded"}}""";
    private const string Filtered = """{"error":{"message":"Filtered.","type":"invalid_request_error","code":"content_filter"}}""";
    private const string Broken = """{"error":{"message":"Broken.","type":"server_error"}}""";

    private static readonly CallSettings Priced = CallSettings.None with { Prices = new PriceTable([new ModelPrice("*", 2, 10)]) };

    private readonly CheckpointFolder _folder = new();

    public static TheoryData<string, bool, string, string> Answers => new()
    {
        { "plain", false, "application/json", Engine.Answer("größe 😀", Usage + ""","service_tier":"flex","system_fingerprint":"fp_1","x_vendor":{"a":[1]}""") },
        { "without usage", false, "application/json", Engine.Answer("hi") },
        { "two choices", false, "application/json", """{"id":"c1","created":1700000000,"model":"m","choices":[{"index":1,"message":{"role":"assistant","content":"B"},"finish_reason":"length"},{"index":0,"message":{"role":"assistant","content":"A"},"finish_reason":"stop"}]}""" },
        { "tools, log probs, reasoning", false, "application/json", """
            {"id":"c1","created":1700000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"no","reasoning_content":"because",
             "tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"t2","type":"custom","custom":{"name":"c","input":"in"}}]},
             "logprobs":{"content":[{"token":"A","logprob":-0.5,"bytes":[65],"top_logprobs":[{"token":"B","logprob":-1.5}]}]},"finish_reason":"tool_calls"}]}
            """ },
        { "stream", true, Stream, Events(Engine.Text("größe "), Engine.Text("😀", "stop"), $$"""{"id":"c1","model":"m","choices":[]{{Usage}}}""") },
        { "stream of two choices", true, Stream, Events(Engine.Text("A", null, 1), Engine.Text("B"), Engine.Text("!", "stop", 1), Engine.Text("?", "stop")) },
        { "stream with tools, log probs, reasoning", true, Stream, Events(
            Engine.Chunk("""{"role":"assistant","reasoning_content":"be"}"""),
            Engine.Chunk("""{"reasoning_content":"cause","tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"f","arguments":"{\"a\""}}]}"""),
            Engine.Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}""", "tool_calls"),
            """{"id":"c1","model":"m","choices":[{"index":0,"delta":{},"logprobs":{"content":[{"token":"A","logprob":-0.5}]},"finish_reason":null}]}""") },
        { "stream with lines, comments and events of other kinds", true, Stream,
            ": hello\n\nevent: ping\ndata: pong\n\nevent: other\ndata: " + Engine.Text("not this") + "\n\ndata: {\"id\":\"c1\",\"model\":\"m\",\ndata: \"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"two\\nlines\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n" },
        { "stream that comes whole", true, "application/json", Engine.Answer("whole", Usage) },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Chat_StoredAnswer_EqualsTheOriginalAndIsNotAskedForAgain(string kind, bool isStream, string type, string body)
    {
        using RawServer server = RawServer.Answering(200, body, type, "x-request-id: req-7");
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion original = await RunAsync(connection, isStream, Engine.Ask(kind) with { Input = "first", Index = 3 });
        ChatCompletion stored = await RunAsync(connection, isStream, Engine.Ask(kind) with { Input = "second", Index = 5 });
        ChatCompletion storedOtherwise = await RunAsync(connection, !isStream, Engine.Ask(kind));

        Assert.Equal(("first", 3, "second", 5), (original.Input, original.Index, stored.Input, stored.Index));
        Assert.Equal(Properties(original), Properties(stored));
        Assert.Equal(Properties(original), Properties(storedOtherwise));
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData(false, "application/json", """{"id":"t1","created":1700000000,"model":"m","choices":[{"index":0,"text":"A","finish_reason":"stop","logprobs":{"tokens":["A"],"token_logprobs":[-0.5]}}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""")]
    [InlineData(true, Stream, "data: {\"id\":\"t1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":\"A\",\"finish_reason\":null}]}\n\ndata: {\"id\":\"t1\",\"choices\":[{\"index\":0,\"text\":\"B\",\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")]
    public async Task Text_StoredAnswer_EqualsTheOriginalAndIsNotAskedForAgain(bool isStream, string type, string body)
    {
        using RawServer server = RawServer.Answering(200, body, type);
        using ServiceConnection connection = Engine.Connect(server);
        TextRequest request = new() { Prompt = "hello" };

        string[] answers = new string[2];
        for (int run = 0; run < 2; run++)
        {
            using Checkpoint checkpoint = _folder.Open();
            RunPlan plan = new() { Checkpoint = checkpoint };
            ChatTextCompletion answer = isStream
                ? (await Engine.CollectAsync(connection.Text.StreamAsync(request, Priced, plan, CancellationToken.None)))[^1].Completion!
                : await connection.Text.CompleteAsync(request, Priced, plan, CancellationToken.None);
            answers[run] = Properties(answer);
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Run_ItemsThatFail_AreNotStored()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(500, Broken), RawServer.Answer(200, "{"), RawServer.Answer(200, Events(Engine.Text("half")).Replace("data: [DONE]\n\n", "", StringComparison.Ordinal), Stream), RawServer.Answer(200, Engine.Answer("at last")));
        using ServiceConnection connection = Engine.Connect(server);

        foreach ((bool isStream, string errorId) in new[] { (false, ErrorIds.ServerError), (false, ErrorIds.BadResponse), (true, ErrorIds.StreamTruncated) })
        {
            Assert.Equal(errorId, (await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, isStream, Engine.Ask()))).ErrorId);
        }

        Assert.Equal("at last", (await RunAsync(connection, isStream: false, Engine.Ask())).Text);
        Assert.Equal(4, server.Exchanges.Count);
    }

    [Theory]
    [InlineData("chances\\\":")]
    [InlineData("choices\\\":[null],\\\"x\\\":")]
    public async Task Run_StoredAnswerThatIsNone_EndsTheRun(string damage)
    {
        using (Checkpoint checkpoint = _folder.Open())
        {
            using RawServer server = RawServer.Answering(200, Engine.Answer("hi"));
            using ServiceConnection first = Engine.Connect(server);
            await first.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None);
        }

        await File.WriteAllTextAsync(_folder.File, (await File.ReadAllTextAsync(_folder.File)).Replace("choices\\\":", damage, StringComparison.Ordinal));
        using RawServer idle = RawServer.Answering(200, Engine.Answer("hi"));
        using ServiceConnection connection = Engine.Connect(idle);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, isStream: false, Engine.Ask()));

        Assert.Equal(ErrorIds.CheckpointFailed, failure.ErrorId);
        Assert.Contains(_folder.File, failure.Message, StringComparison.Ordinal);
        Assert.Empty(idle.Exchanges);
    }

    [Theory]
    [InlineData(FallbackReason.Failure, 500, Broken, ErrorIds.ServerError)]
    [InlineData(FallbackReason.Failure, 429, Broken, ErrorIds.RateLimited)]
    [InlineData(FallbackReason.Failure, 200, "{", ErrorIds.BadResponse)]
    [InlineData(FallbackReason.ModelNotFound, 404, NotFound, ErrorIds.ModelNotFound)]
    [InlineData(FallbackReason.ContextTooLong, 400, TooLong, ErrorIds.ContextTooLong)]
    [InlineData(FallbackReason.ContentFiltered, 400, Filtered, ErrorIds.ContentFiltered)]
    public async Task Fallback_EachReason_LeadsOnOnlyWhereItWasChosen(FallbackReason reason, int status, string body, string errorId)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(status, body), RawServer.Answer(200, Engine.Answer("second")), RawServer.Answer(status, body), RawServer.Answer(200, Engine.Answer("never")));
        using ServiceConnection connection = Engine.Connect(server);
        FallbackReason[] others = [.. Enum.GetValues<FallbackReason>().Where(other => other != reason)];

        ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, Turning([reason], "b"), CancellationToken.None);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(
            () => connection.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, Turning(others, "b"), CancellationToken.None));

        Assert.Equal("second", answer.Text);
        Assert.Equal(["sandbox-mini"], answer.FallbackFrom);
        Assert.Equal(errorId, failure.ErrorId);
        Assert.Equal(["sandbox-mini", "b", "sandbox-mini"], Models(server));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(400)]
    public async Task Fallback_MistakesOfTheCaller_NeverLeadOn(int status)
    {
        using RawServer server = RawServer.Answering(status, """{"error":{"message":"No."}}""");
        using ServiceConnection connection = Engine.Connect(server);

        await Assert.ThrowsAsync<ChatServiceException>(
            () => connection.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, Turning(Enum.GetValues<FallbackReason>(), "b"), CancellationToken.None));

        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fallback_SeveralModels_AreAskedInOrderAndOnceEachAndAnswersRemember(bool isStream)
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(500, Broken), RawServer.Answer(404, NotFound), isStream ? RawServer.Answer(200, Events(Engine.Text("third", "stop")), Stream) : RawServer.Answer(200, Engine.Answer("third")));
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = await RunAsync(connection, isStream, Engine.Ask() with { Model = "a" }, "b", "b", "c");
        ChatCompletion stored = await RunAsync(connection, isStream, Engine.Ask() with { Model = "a" }, "b", "b", "c");

        Assert.Equal("third", answer.Text);
        Assert.Equal(["a", "b"], answer.FallbackFrom);
        Assert.Equal(Properties(answer), Properties(stored));
        Assert.Equal(["a", "b", "c"], Models(server));
    }

    [Fact]
    public async Task Fallback_FirstModelAmongTheOthers_IsAskedOnceAndTheOthersStillAre()
    {
        using RawServer server = RawServer.Answering(500, Broken);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, isStream: false, Engine.Ask() with { Model = "a" }, "b", "a"));

        Assert.Equal(ErrorIds.ServerError, failure.ErrorId);
        Assert.Equal(["a", "b"], Models(server));
    }

    [Fact]
    public async Task Fallback_AllModelsFail_TheLastOnesFailureIsReported()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(500, Broken), RawServer.Answer(404, NotFound));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(ErrorIds.ModelNotFound, (await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, isStream: false, Engine.Ask(), "b"))).ErrorId);
    }

    [Fact]
    public async Task Fallback_StreamThatHasBegun_IsNotBegunAnew()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, Engine.Event(Engine.Text("half")), Stream), RawServer.Answer(200, Events(Engine.Text("never", "stop")), Stream));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync(connection, isStream: true, Engine.Ask(), "b"));

        Assert.Equal((ErrorIds.StreamTruncated, "half"), (failure.ErrorId, failure.PartialText));
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData(200, "settled", 31)]
    [InlineData(500, "released", 0)]
    [InlineData(404, "released", 0)]
    public async Task Budget_Outcome_CountsWhatItTook(int status, string outcome, long tokens)
    {
        using RawServer server = RawServer.Answering(status, status == 200 ? Engine.Answer("hi", Usage) : Broken);
        using ServiceConnection connection = Engine.Connect(server);
        Budget budget = new(1_000, null, null);

        Exception? failure = await Record.ExceptionAsync(() => connection.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, new RunPlan { Budget = budget }, CancellationToken.None));

        Assert.Equal(outcome == "settled", failure is null);
        Assert.Equal(tokens, budget.Tokens);
    }

    [Fact]
    public async Task Budget_ServiceMayHaveBeenAtWork_TheEstimateCounts()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, "{"), RawServer.Answer(200, Engine.Event(Engine.Text("half")), Stream), exchange => exchange.WhenClosedAsync());
        using ServiceConnection connection = Engine.Connect(server);
        Budget budget = new(1_000, null, null);
        RunPlan plan = new() { Budget = budget };
        ChatRequest request = Engine.Ask() with { MaxTokens = 50 };
        using CancellationTokenSource stop = new();
        List<long> counted = [];

        await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(request, CallSettings.None, plan, CancellationToken.None));
        counted.Add(budget.Tokens);
        await Assert.ThrowsAsync<ChatServiceException>(() => Engine.CollectAsync(connection.Chat.StreamAsync(request, CallSettings.None, plan, CancellationToken.None)));
        counted.Add(budget.Tokens);
        Task cancelled = connection.Chat.CompleteAsync(request, CallSettings.None, plan, stop.Token);
        await Engine.Eventually(() => server.Exchanges.Count == 3);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        counted.Add(budget.Tokens);

        Assert.InRange(counted[0], 51, 100);
        Assert.Equal([counted[0], 2 * counted[0], 3 * counted[0]], counted);
    }

    [Fact]
    public async Task Budget_UsedUp_NothingMoreIsSent()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi", Usage));
        using ServiceConnection connection = Engine.Connect(server);
        RunPlan plan = new() { Budget = new Budget(100, null, null) };

        for (int i = 0; i < 3; i++)
        {
            await connection.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, plan, CancellationToken.None);
        }

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, plan, CancellationToken.None));

        Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
        Assert.Contains("93 of 100 tokens", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Exchanges.Count);
    }

    [Fact]
    public async Task Budget_OtherModels_ReserveForThemselves()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(500, Broken), RawServer.Answer(200, Engine.Answer("hi", Usage)));
        using ServiceConnection connection = Engine.Connect(server);
        Budget budget = new(null, 1, new PriceTable([new ModelPrice("sandbox-mini", 1, 1), new ModelPrice("m", 2, 10)]));
        RunPlan plan = new() { Budget = budget, Fallback = new ModelFallback(["unpriced"], ModelFallback.DefaultReasons) };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(Engine.Ask(), CallSettings.None, plan, CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains("unpriced", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Checkpoint_ServiceWithoutUsage_KeepsWhatWasCounted()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi"));
        using ServiceConnection connection = Engine.Connect(server);
        PriceTable prices = new([new ModelPrice("*", 2, 10)]);
        Budget budget = new(1_000, 1, prices);
        using (Checkpoint checkpoint = _folder.Open())
        {
            ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask() with { MaxTokens = 50 }, CallSettings.None with { Prices = prices }, new RunPlan { Budget = budget, Checkpoint = checkpoint }, CancellationToken.None);
            Assert.Null(answer.Cost);
        }

        using Checkpoint again = _folder.Open();
        Budget resumed = new(1_000, 1, prices);
        resumed.AddSpent(again.StoredTokens, again.StoredCost, again.StoredCount);
        ChatCompletion stored = await connection.Chat.CompleteAsync(Engine.Ask() with { MaxTokens = 50 }, CallSettings.None with { Prices = prices }, new RunPlan { Budget = resumed, Checkpoint = again }, CancellationToken.None);

        Assert.True(budget.Tokens > 50);
        Assert.Equal((budget.Tokens, budget.Cost), (resumed.Tokens, resumed.Cost));
        Assert.Null(stored.Cost);
        Assert.Null(stored.Usage);
    }

    [Fact]
    public async Task Checkpoint_RunGoesOn_KnowsHowLongAnswersAre()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi", Usage));
        using ServiceConnection connection = Engine.Connect(server);
        await RunAsync(connection, isStream: false, Engine.Ask("first"));

        using Checkpoint checkpoint = _folder.Open();
        Budget budget = new(60, null, null);
        budget.AddSpent(checkpoint.StoredTokens, checkpoint.StoredCost, checkpoint.StoredCount, checkpoint.LargestOutput);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(
            () => connection.Chat.CompleteAsync(Engine.Ask("second"), CallSettings.None, new RunPlan { Budget = budget, Checkpoint = checkpoint }, CancellationToken.None));

        Assert.Equal((31, 20, 1), (checkpoint.StoredTokens, checkpoint.LargestOutput, checkpoint.StoredCount));
        Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData("""{"id":"mod-1","model":"omni","results":[{"flagged":true,"categories":{"hate":true},"category_scores":{"hate":0.9},"category_applied_input_types":{"hate":["text"]}, "x":"é"},{"flagged":false,"categories":{"hate":false}}]}""", 2)]
    [InlineData("""{"flagged":true,"blocked":false,"moderation_id":"modr-9"}""", 1)]
    public async Task Moderation_StoredResult_EqualsTheOriginalInWhateverCompany(string body, int count)
    {
        using RawServer server = RawServer.Answering(200, body, "application/json", "x-request-id: req-7");
        using ServiceConnection connection = Engine.Connect(server);
        ModerationItem[] items = [.. Enumerable.Range(0, count).Select(place => new ModerationItem { Text = $"text {place}", Index = place })];
        IReadOnlyList<ChatModeration> originals;
        using (Checkpoint checkpoint = _folder.Open())
        {
            originals = await connection.Moderations.ModerateAsync([.. items.Select(item => ModerationService.Claim(item, null, CallSettings.None, checkpoint))], null, CallSettings.None, CancellationToken.None);
        }

        using Checkpoint again = _folder.Open();
        ModerationItem[] reversed = [.. items.Reverse().Select(item => ModerationService.Claim(item, null, CallSettings.None, again))];
        ModerationItem other = ModerationService.Claim(new ModerationItem { Text = "other" }, null, CallSettings.None, again);

        Assert.Equal(originals.Reverse().Select(Properties), reversed.Select(item => Properties(connection.Moderations.Restore(item)!)));
        Assert.Null(connection.Moderations.Restore(other));
        Assert.Single(server.Exchanges);
    }

    private static string Events(params string[] chunks) => string.Concat(chunks.Select(Engine.Event)) + "data: [DONE]\n\n";

    private static RunPlan Turning(IReadOnlyCollection<FallbackReason> reasons, params string[] models) => new() { Fallback = new ModelFallback(models, reasons) };

    private static IEnumerable<string> Models(RawServer server) => server.Exchanges.Select(exchange => JsonNode.Parse(exchange.Body)!["model"]!.GetValue<string>());

    /// <summary>All that a user sees of an answer, but for what belongs to the run.</summary>
    private static string Properties<T>(T answer)
    {
        JsonObject json = JsonSerializer.SerializeToNode(answer)!.AsObject();
        json.Remove("Input");
        json.Remove("Index");
        return json.ToJsonString();
    }

    private async Task<ChatCompletion> RunAsync(ServiceConnection connection, bool isStream, ChatRequest request, params string[] fallback)
    {
        using Checkpoint checkpoint = _folder.Open();
        RunPlan plan = new() { Checkpoint = checkpoint, Fallback = new ModelFallback(fallback, ModelFallback.DefaultReasons) };
        return isStream
            ? (await Engine.CollectAsync(connection.Chat.StreamAsync(request, Priced, plan, CancellationToken.None)).WaitAsync(Engine.Patience))[^1].Completion!
            : await connection.Chat.CompleteAsync(request, Priced, plan, CancellationToken.None).WaitAsync(Engine.Patience);
    }
}
