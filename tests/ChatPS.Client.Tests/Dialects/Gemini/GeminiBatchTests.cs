using System.Text;
using System.Text.Json;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Client.Tests.Dialects.Gemini;

/// <summary>Gemini's batch mode: how requests are written and results read, and against the sandbox.</summary>
public sealed class GeminiBatchTests : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public void Dispose() => _open.ForEach(one => one.Dispose());

    [Fact]
    public void Read_InlineResults_AreOneAnswerAndOneError()
    {
        Assert.Equal(new BatchResult("a1", """{"candidates":[]}""", 200), Read("""{"response":{"candidates":[]},"metadata":{"key":"a1"}}"""));
        Assert.Equal(
            new BatchResult("a2", """{"error":{"code":400,"message":"Bad.","status":"INVALID_ARGUMENT"}}""", 400),
            Read("""{"error":{"code":3,"message":"Bad."},"metadata":{"key":"a2"}}"""));
    }

    [Theory]
    [InlineData(4, 504, "DEADLINE_EXCEEDED")]
    [InlineData(5, 404, "NOT_FOUND")]
    [InlineData(7, 403, "PERMISSION_DENIED")]
    [InlineData(8, 429, "RESOURCE_EXHAUSTED")]
    [InlineData(13, 500, "INTERNAL")]
    [InlineData(14, 503, "UNAVAILABLE")]
    [InlineData(16, 401, "UNAUTHENTICATED")]
    public void Read_ErrorOfALine_HasTheStatusOfALiveOne(int code, int status, string word) => Assert.Equal(
        new BatchResult("a", $$$"""{"error":{"code":{{{status}}},"message":"m","status":"{{{word}}}"}}""", status),
        Read($$$"""{"key":"a","error":{"code":{{{code}}},"message":"m"}}"""));

    [Fact]
    public void Read_ErrorWithACodeOfHttp_KeepsIt() =>
        Assert.Equal(new BatchResult("a", """{"error":{"code":429,"message":"m"}}""", 429), Read("""{"key":"a","status":{"code":429,"message":"m"}}"""));

    [Fact]
    public void Read_CancelledLine_WasNotRun() =>
        Assert.Equal(new BatchResult("a", null, 0) { NotRun = ChatBatchStatus.Cancelled, Code = "CANCELLED" }, Read("""{"key":"a","error":{"code":1,"message":"m"}}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"key":"a"}""")]
    [InlineData("""{"key":"a","response":"text"}""")]
    [InlineData("""{"response":{"candidates":[]}}""")]
    [InlineData("""{"key":"a","response":{"cand""")]
    public void Read_LineThatTellsNothing_IsNone(string line) => Assert.Null(Read(line));

    [Fact]
    public void Read_Vector_HasTheFormOfALiveAnswer() => Assert.Equal(
        new BatchResult("a", """{"embeddings":[{"values":[0.5,1]}],"usageMetadata":{"promptTokenCount":3}}""", 200),
        Read("""{"key":"a","response":{"embedding":{"values":[0.5,1]},"tokenCount":"3"}}"""));

    [Fact]
    public void Write_Chat_IsTheLiveRequest() =>
        Assert.Equal("""{"key":"a-1","request":{"contents":[{"parts":[{"text":"é"}]}]}}""" + "\n", Write(ChatBatchKind.Chat, """{"model":"m","contents":[{"parts":[{"text":"é"}]}]}"""));

    [Fact]
    public void Write_Vector_IsTheOneRequestInTheLiveOne() => Assert.Equal(
        """{"key":"a-1","request":{"model":"models/m","content":{"parts":[{"text":"x"}]},"autoTruncate":true}}""" + "\n",
        Write(ChatBatchKind.Embedding, """{"requests":[{"model":"models/m","content":{"parts":[{"text":"x"}]}}],"autoTruncate":true}"""));

    [Fact]
    public void Write_VectorsOfSeveralTexts_IsRefused() =>
        Assert.Contains("2 texts", Engine.AssertInvalid(() => Write(ChatBatchKind.Embedding, """{"requests":[{},{}]}""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ChatBatchKind.Chat)]
    [InlineData(ChatBatchKind.Embedding)]
    public async Task Start_SmallPart_GoesInline(ChatBatchKind kind)
    {
        SandboxServer server = Sandbox();
        ServiceConnection connection = Connect(server);
        using BatchPartFile part = kind == ChatBatchKind.Chat ? new BatchPartFile(connection, "hi") : BatchPartFile.OfTexts(connection, "hi");
        BatchJob job = await part.StartAsync();

        string request = kind == ChatBatchKind.Chat
            ? """{"model":"models/sandbox-mini","contents":[{"role":"user","parts":[{"text":"hi"}]}]}"""
            : """{"model":"models/sandbox-mini","content":{"parts":[{"text":"hi"}]}}""";
        Assert.Equal(
            """{"batch":{"displayName":"k3f9a2c1-1","inputConfig":{"requests":{"requests":[{"request":""" + request + ""","metadata":{"key":"ID"}}]}}}}""".Replace("ID", part.Ids[0], StringComparison.Ordinal),
            Assert.Single(server.GetRequests()).Body?.Trim());
        Assert.Null(part.Order.FileId);
        Assert.Equal(("k3f9a2c1-1", "sandbox-mini", 1, ChatBatchStatus.InProgress), (job.Name, job.Model, job.Total, job.Status));
    }

    [Fact]
    public async Task Batch_AllThatCanBecomeOfARequest_ComesBackById()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "hi", "[fail]", "[expire]", "[cancel]");
        BatchJob job = await part.EndAsync(await part.StartAsync());
        List<BatchResult?> results = await part.ResultsAsync(job);

        Assert.Equal((ChatBatchStatus.Completed, 4, 1, 3), (job.Status, job.Total, job.Completed, job.Failed));
        Assert.Equal(part.Ids, results.Select(result => result!.Id));
        Assert.Equal([200, 400, 504, 0], results.Select(result => result!.StatusCode));
        Assert.Equal("You said: hi", Restore(connection, results[0]!.Body!).Text);
    }

    [Fact]
    public async Task Batch_OfTexts_HasTheVectorsOfLiveCalls()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = BatchPartFile.OfTexts(connection, "hi", "there");
        List<BatchResult?> results = await part.RunAsync();

        Assert.Equal(part.Ids, results.Select(result => result!.Id));
        Assert.All(results, result => Assert.True(JsonDocument.Parse(result!.Body!).RootElement.GetProperty("embeddings")[0].GetProperty("values").GetArrayLength() > 1));
    }

    [Fact]
    public async Task Batch_OfMoreRequestsThanGoInline_GoesAsAFileThatIsUploadedOnce()
    {
        SandboxServer server = Sandbox();
        ServiceConnection connection = Connect(server);
        string[] prompts = [.. Enumerable.Range(0, 150).Select(number => "prompt " + number), "[lose]", "[damage]"];
        using BatchPartFile part = new(connection, prompts);
        BatchJob job = await part.StartAsync();
        string? again = await part.BatchEngine.UploadAsync(connection, part.Order, CallSettings.None, CancellationToken.None);
        job = await part.EndAsync(job);
        List<BatchResult?> results = await part.ResultsAsync(job);

        Assert.NotNull(part.Order.FileId);
        Assert.Equal(part.Order.FileId, again);
        Assert.Equal((ChatBatchStatus.Completed, 152), (job.Status, job.Total));
        Assert.StartsWith("files/", Assert.Single(job.Results), StringComparison.Ordinal);
        Assert.Null(results[^1]);
        Assert.Equal(part.Ids[..150], results.SkipLast(1).Select(result => result!.Id));
        Assert.Equal("You said: prompt 149", Restore(connection, results[149]!.Body!).Text);
    }

    [Fact]
    public async Task Start_MetadataOrExpiry_AreRefusedBeforeAnythingIsSent()
    {
        SandboxServer server = Sandbox();
        ServiceConnection connection = Connect(server);
        using BatchPartFile part = new(connection, "hi");

        ChatServiceException metadata = await FailAsync(part.Order with { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["run"] = "7" } });
        ChatServiceException expiry = await FailAsync(part.Order with { ExpiresAfter = TimeSpan.FromDays(2) });

        Assert.StartsWith("-BatchMetadata", metadata.Message, StringComparison.Ordinal);
        Assert.StartsWith("-ExpiresAfter", expiry.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.RequestCount);

        Task<ChatServiceException> FailAsync(BatchOrder order) =>
            Assert.ThrowsAsync<ChatServiceException>(() => part.BatchEngine.UploadAsync(connection, order, CallSettings.None, CancellationToken.None));
    }

    [Fact]
    public async Task Start_ServiceWithoutRoom_IsAJobForLater()
    {
        ServiceConnection connection = Connect(Sandbox(new SandboxFault { Kind = SandboxFaultKind.Status, StatusCode = 429, Path = "*:batchGenerateContent" }));
        using BatchPartFile part = new(connection, "hi");
        BatchJob job = await part.StartAsync();

        Assert.Equal(("", ChatBatchStatus.Failed, true), (job.Id, job.Status, job.IsQueueFull));
    }

    [Fact]
    public async Task Start_ConnectionCut_IsNotSentAgainAndIsFoundByItsName()
    {
        SandboxServer server = Sandbox(new SandboxFault { Kind = SandboxFaultKind.ResetMidStream, Path = "*:batchGenerateContent", Times = 1 });
        ServiceConnection connection = Connect(server, maxRetry: 3);
        using BatchPartFile part = new(connection, "hi");
        using BatchPartFile other = new(connection, "hi", "there");

        await Assert.ThrowsAsync<ChatServiceException>(part.StartAsync);
        Assert.Equal(1, server.RequestCount);
        BatchJob found = Assert.Single(await FindAsync(connection, part));
        Assert.Empty(await FindAsync(connection, part, found.Id));
        Assert.Equal("You said: hi", Restore(connection, Assert.Single(await part.ResultsAsync(await part.EndAsync(found)))!.Body!).Text);
    }

    [Fact]
    public async Task Stop_JobUnderWay_StopsOnce()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "one", "two");
        BatchJob job = await part.StartAsync();
        BatchJob stopped = await part.EndAsync(await part.BatchEngine.StopAsync(connection, job.Id, CallSettings.None, CancellationToken.None));
        BatchJob again = await part.BatchEngine.StopAsync(connection, job.Id, CallSettings.None, CancellationToken.None);

        Assert.Equal((ChatBatchStatus.Cancelled, ChatBatchStatus.Cancelled), (stopped.Status, again.Status));
        Assert.Equal([null, ChatBatchStatus.Cancelled], (await part.ResultsAsync(stopped)).Select(result => result!.NotRun));
    }

    [Theory]
    [InlineData("""{"name":"batches/b","metadata":{"state":"BATCH_STATE_PENDING"}}""", ChatBatchStatus.InProgress, null, null)]
    [InlineData("""{"name":"batches/b","metadata":{"state":"JOB_STATE_NEW"}}""", ChatBatchStatus.InProgress, null, null)]
    [InlineData("""{"name":"batches/b","metadata":{"state":"BATCH_STATE_EXPIRED"},"done":true}""", ChatBatchStatus.Expired, null, null)]
    [InlineData("""{"name":"batches/b","metadata":{"state":"BATCH_STATE_FAILED"},"done":true,"error":{"code":3,"message":"Line 7 is odd."}}""", ChatBatchStatus.Failed, null, "Line 7 is odd.")]
    [InlineData("""{"name":"batches/b","done":true,"error":{"code":13,"message":"Broken."}}""", ChatBatchStatus.Failed, null, "Broken.")]
    [InlineData("""{"name":"batches/b","metadata":{"state":"BATCH_STATE_SUCCEEDED","output":{"responsesFile":"files/r"}}}""", ChatBatchStatus.Completed, "files/r", null)]
    [InlineData("""{"name":"batches/b","metadata":{"state":"BATCH_STATE_SUCCEEDED"},"response":{"responsesFile":"files/r"}}""", ChatBatchStatus.Completed, "files/r", null)]
    [InlineData("""{"name":"batches/b","metadata":{"state":"BATCH_STATE_SUCCEEDED"},"response":{"inlinedResponses":{"inlinedResponses":[]}}}""", ChatBatchStatus.Completed, "inline", null)]
    [InlineData("""{"name":"batches/b","metadata":{"state":"BATCH_STATE_SUCCEEDED","output":{"inlinedEmbedContentResponses":{"inlinedResponses":[]}}}}""", ChatBatchStatus.Completed, "inline", null)]
    public async Task Get_AnswersOfAllForms_AreRead(string json, ChatBatchStatus status, string? results, string? reason)
    {
        ServiceConnection connection = Connect(Answering("/v1beta/batches/b", json));
        BatchJob job = await Batches.GetAsync(connection, "b", CallSettings.None, CancellationToken.None);

        Assert.Equal((status, results, reason, json), (job.Status, job.Results.SingleOrDefault(), job.Reason, job.Raw));
        Assert.False(job.IsQueueFull);
    }

    [Fact]
    public async Task Get_JobThatFoundNoRoom_CanBeStartedAgainLater()
    {
        ServiceConnection connection = Connect(Answering("/v1beta/batches/b", """{"name":"batches/b","metadata":{"state":"BATCH_STATE_FAILED"},"error":{"code":8,"message":"Too many enqueued tokens."}}"""));

        Assert.True((await Batches.GetAsync(connection, "batches/b", CallSettings.None, CancellationToken.None)).IsQueueFull);
    }

    [Fact]
    public async Task Download_PrettyInlineResults_AreALineEach()
    {
        ServiceConnection connection = Connect(Answering("/v1beta/batches/b", """
            { "name": "batches/b", "metadata": { "output": { "inlinedResponses": { "inlinedResponses": [
                { "response": {
                    "candidates": [] }, "metadata": { "key": "a1" } },
                { "error": { "code": 3, "message": "Bad.\nVery bad." }, "metadata": { "key": "a2" } } ] } } } }
            """));
        using MemoryStream target = new();
        await Batches.DownloadAsync(connection, new BatchJob("batches/b", ChatBatchStatus.Completed), "inline", target, CallSettings.None, CancellationToken.None);
        string[] lines = Encoding.UTF8.GetString(target.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["a1", "a2"], lines.Select(line => Batches.ReadId(Encoding.UTF8.GetBytes(line))));
        Assert.Equal([200, 400], lines.Select(line => Read(line)!.StatusCode));
    }

    [Theory]
    [InlineData("batches/../models")]
    [InlineData("..")]
    [InlineData("")]
    public async Task Get_IdThatLeadsElsewhere_IsRefusedBeforeAnythingIsSent(string id)
    {
        SandboxServer server = Sandbox();
        ServiceConnection connection = Connect(server);

        await Assert.ThrowsAsync<ChatServiceException>(() => Batches.GetAsync(connection, id, CallSettings.None, CancellationToken.None));
        Assert.Equal(0, server.RequestCount);
    }

    [Fact]
    public async Task List_Jobs_ComeYoungestFirstAndPageByPage()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "one");
        string[] ids = [(await part.StartAsync()).Id, (await part.StartAsync()).Id];
        Array.Reverse(ids);

        Assert.Equal(ids, (await Engine.CollectAsync(Batches.ListAsync(connection, null, CallSettings.None with { AdditionalQuery = new Dictionary<string, string> { ["pageSize"] = "1" } }, CancellationToken.None))).Select(job => job.Id));
        Assert.Equal(ids[0], Assert.Single(await Engine.CollectAsync(Batches.ListAsync(connection, 1, CallSettings.None, CancellationToken.None))).Id);
    }

    [Fact]
    public async Task List_NoBatches_IsEmpty() =>
        Assert.Empty(await Engine.CollectAsync(Batches.ListAsync(Connect(Answering("/v1beta/batches", "{}")), null, CallSettings.None, CancellationToken.None)));

    private static IBatchEngine Batches => KnownDialects.Gemini.Offer<IBatchEngine>()!;

    private static BatchResult? Read(string line) => Batches.Read(Encoding.UTF8.GetBytes(line));

    private static string Write(ChatBatchKind kind, string json)
    {
        using MemoryStream target = new();
        Batches.Write(target, "a-1", kind, "m", new ArraySegment<byte>(Encoding.UTF8.GetBytes(json)));
        return Encoding.UTF8.GetString(target.ToArray());
    }

    private static ChatCompletion Restore(ServiceConnection connection, string raw) =>
        connection.Dialect.Offer<IChatProtocol>()!.Restore(raw, isStream: false, Engine.Ask(), new CheckpointOrigin(new CheckpointRecord { Raw = raw }, connection.Settings, CallSettings.None));

    private static Task<IReadOnlyList<BatchJob>> FindAsync(ServiceConnection connection, BatchPartFile part, params string[] known) =>
        part.BatchEngine.FindAsync(connection, part.Order, known, CallSettings.None, CancellationToken.None);

    private SandboxServer Sandbox(params SandboxFault[] faults) => Add(SandboxServer.Start(new SandboxOptions { RequiredKey = Engine.Key, Faults = faults }));

    private SandboxServer Answering(string path, string json) => Add(SandboxServer.Start(new SandboxOptions { Rules = [new SandboxRule { Path = path, Response = json }] }));

    private ServiceConnection Connect(SandboxServer server, int maxRetry = 0) => Add(Engine.Connect(new ConnectionSettings
    {
        BaseUri = new Uri(server.BaseUri, "/v1beta"),
        Dialect = KnownDialects.Gemini,
        Key = Engine.Secret(Engine.Key),
        Model = "sandbox-mini",
        MaxRetry = maxRetry,
    }));

    private T Add<T>(T one)
        where T : IDisposable
    {
        _open.Add(one);
        return one;
    }
}
