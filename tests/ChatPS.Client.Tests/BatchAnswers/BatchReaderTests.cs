using System.Text.Json;
using System.Text.Json.Nodes;
using ChatPS.Client.BatchAnswers;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Faults;
using ChatPS.Client.Moderation;
using ChatPS.Client.Providers;
using ChatPS.Client.Text;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Tests.BatchAnswers;

/// <summary>What a batch gives is what a live call would have given.</summary>
public sealed class BatchReaderTests
{
    private const string Usage = ""","usage":{"prompt_tokens":1000000,"completion_tokens":1000000,"total_tokens":2000000}""";

    private static readonly PriceTable Prices = new([new ModelPrice("m", 2, 6)]);

    [Fact]
    public async Task Read_Chat_IsTheLiveObject()
    {
        string raw = Engine.Answer("hi", Usage);
        using RawServer server = RawServer.Answering(200, raw);
        using ServiceConnection connection = Connect(server);
        ChatCompletion live = await connection.Chat.CompleteAsync(Engine.Ask("item 1") with { Input = "item 1", RequestedModel = "m", Model = "m" }, new CallSettings { Prices = Prices }, CancellationToken.None);

        ChatCompletion answer = (ChatCompletion)Read(connection, ChatBatchKind.Chat, raw, new BatchInput(1, 0, "\"item 1\""), "item 1");

        AssertSame(live, answer);
        Assert.Equal((8, 4), (live.Cost, answer.Cost));
        Assert.Equal(["user", "assistant"], answer.Messages.Select(message => message.Role));
    }

    [Fact]
    public async Task Read_TextCompletion_IsTheLiveObject()
    {
        const string Raw = """{"id":"c","object":"text_completion","created":1700000000,"model":"m","choices":[{"index":0,"text":"there","finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";
        using RawServer server = RawServer.Answering(200, Raw);
        using ServiceConnection connection = Connect(server);
        ChatTextCompletion live = await connection.Text.CompleteAsync(new TextRequest { Prompt = "hi", Input = "hi", Model = "m", RequestedModel = "m" }, CallSettings.None, CancellationToken.None);

        AssertSame(live, Read(connection, ChatBatchKind.TextCompletion, Raw, new BatchInput(1, 0, "\"hi\""), "hi"));
    }

    [Fact]
    public async Task Read_Embedding_IsTheLiveObject()
    {
        const string Raw = """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,-0.25]}],"usage":{"prompt_tokens":3,"total_tokens":3}}""";
        using RawServer server = RawServer.Answering(200, Raw);
        using ServiceConnection connection = Connect(server);
        EmbeddingRun run = new([connection], new EmbeddingRequest { Model = "m" }, checkpoint: null, budget: null);
        object live = (await run.EmbedAsync([new EmbeddingItem("hi", "hi", 0)], CallSettings.None, CancellationToken.None))[0];

        AssertSame(live, Read(connection, ChatBatchKind.Embedding, Raw, new BatchInput(1, 0, "\"hi\""), "hi"));
    }

    [Fact]
    public async Task Read_Moderation_IsTheLiveObject()
    {
        const string Raw = """{"id":"modr","model":"m","results":[{"flagged":true,"categories":{"violence":true},"category_scores":{"violence":0.75}}]}""";
        using RawServer server = RawServer.Answering(200, Raw);
        using ServiceConnection connection = Connect(server);
        object live = (await connection.Moderations.ModerateAsync([new ModerationItem { Text = "hi", Input = "hi" }], "m", CallSettings.None, CancellationToken.None))[0];

        AssertSame(live, Read(connection, ChatBatchKind.Moderation, Raw, new BatchInput(1, 0, "\"hi\""), "hi"));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"Unknown parameter.","type":"invalid_request_error","code":"unknown_parameter","param":"x"}}""")]
    [InlineData(404, """{"error":{"message":"The model 'm' does not exist.","type":"invalid_request_error","code":"model_not_found"}}""")]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","code":"insufficient_quota"}}""")]
    [InlineData(500, """{"error":{"message":"Broken.","type":"server_error"}}""")]
    [InlineData(200, """{"error":{"message":"Broken.","type":"server_error"}}""")]
    [InlineData(200, """{"choices":[]}""")]
    [InlineData(200, """{"what":1}""")]
    public async Task Read_Failure_IsThatOfTheLiveCall(int status, string body)
    {
        using RawServer server = RawServer.Answering(status, body);
        using ServiceConnection connection = Connect(server);
        ChatServiceException live = await connection.FailAsync();

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Read(connection, ChatBatchKind.Chat, body, input: null, item: null, status));

        Assert.Equal((live.ErrorId, live.Message, live.ServiceCode, live.ServiceParameter), (failure.ErrorId, failure.Message, failure.ServiceCode, failure.ServiceParameter));
    }

    [Theory]
    [InlineData(ChatBatchStatus.Expired, ErrorIds.Timeout, "ran out")]
    [InlineData(ChatBatchStatus.Cancelled, ErrorIds.Timeout, "stopped")]
    [InlineData(ChatBatchStatus.Failed, ErrorIds.InvalidRequest, "refused as a whole: Line 7 is too long.")]
    [InlineData(ChatBatchStatus.Completed, ErrorIds.BadResponse, "do not tell")]
    [InlineData(ChatBatchStatus.InProgress, ErrorIds.Timeout, "under way")]
    public void Read_NoResult_TellsWhatItsPartTells(ChatBatchStatus status, string errorId, string expected)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));
        BatchPart part = new() { Number = 1, Status = status, Reason = status == ChatBatchStatus.Failed ? "Line 7 is too long." : null };

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Reader(connection, ChatBatchKind.Chat).Read(new BatchOutcome(1, Result: null, part), input: null, item: null, form: null, counts: false));

        Assert.Equal(errorId, failure.ErrorId);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnAnswerThatDoesNotFit_IsTheFailureOfALiveCall()
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));
        OutputFormat form = new("answer", new Dictionary<string, object?>
        {
            ["type"] = "object",
            ["properties"] = new Dictionary<string, object?> { ["age"] = new Dictionary<string, object?> { ["type"] = "integer" } },
            ["required"] = new List<object?> { "age" },
        });

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Read(connection, ChatBatchKind.Chat, Engine.Answer("""{"age":"old"}"""), input: null, item: null, form: form));
        ChatCompletion fits = (ChatCompletion)Read(connection, ChatBatchKind.Chat, Engine.Answer("""{"age":7}"""), input: null, item: null, form: form);

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Equal("""{"age":7}""", fits.Text);
    }

    [Fact]
    public void Read_ThatCounts_IsEnteredAtThePricesOfABatch()
    {
        UsageLedger ledger = new();
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = new Uri("http://127.0.0.1:9/v1"), Prices = Prices }, ledger);
        BatchReader reader = Reader(connection, ChatBatchKind.Chat);
        BatchOutcome outcome = Outcome(Engine.Answer("hi", Usage));

        reader.Read(outcome, input: null, item: null, form: null, counts: true);
        reader.Read(outcome, input: null, item: null, form: null, counts: false);

        ChatUsageTotal total = Assert.Single(ledger.Read((_, _) => true));
        Assert.Equal((1, 2_000_000, 4m), (total.Requests, total.TotalTokens, total.Cost));
    }

    [Fact]
    public void Read_MessagesThatWereKept_AreTheConversation()
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));
        BatchInput input = new(1, 6, "{\"a\":1}") { Messages = """[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"image_url","url":"https://x.example/a.png"}]}]""" };

        ChatCompletion answer = (ChatCompletion)Read(connection, ChatBatchKind.Chat, Engine.Answer("hi"), input, item: null);

        Assert.Equal(["system", "user", "assistant"], answer.Messages.Select(message => message.Role));
        Assert.Equal("https://x.example/a.png", answer.Messages[1].Content[1].Url);
        Assert.Equal(6, answer.Index);
    }

    private static ServiceConnection Connect(RawServer server) => Engine.Connect(server);

    private static BatchReader Reader(ServiceConnection connection, ChatBatchKind kind) =>
        new(connection, new BatchState { Id = "k3f9a2c1", For = kind, Connection = "Default" }, new CallSettings { Prices = Prices });

    private static BatchOutcome Outcome(string body, int status = 200) =>
        new(1, new BatchResult(EndedBatch.IdOf(1), body, status), new BatchPart { Number = 1, Model = "m", Status = ChatBatchStatus.Completed });

    private static object Read(ServiceConnection connection, ChatBatchKind kind, string body, BatchInput? input, object? item, int status = 200, OutputFormat? form = null) =>
        Reader(connection, kind).Read(Outcome(body, status), input, item, form, counts: false).Answer;

    // All but what times, ids of requests and prices make of it.
    private static void AssertSame(object live, object answer)
    {
        Assert.Equal(live.GetType(), answer.GetType());
        Assert.Equal(Plain(live), Plain(answer));
    }

    private static string Plain(object answer)
    {
        JsonObject json = JsonSerializer.SerializeToNode(answer, answer.GetType())!.AsObject();
        foreach (string name in new[] { "Elapsed", "RequestId", "Cost" })
        {
            json.Remove(name);
        }

        return json.ToJsonString();
    }
}
