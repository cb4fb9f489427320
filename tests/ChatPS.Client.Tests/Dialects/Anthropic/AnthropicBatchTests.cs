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
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Dialects.Anthropic;

/// <summary>Message Batches: how requests are written and results read, and against the sandbox.</summary>
public sealed class AnthropicBatchTests : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public void Dispose() => _open.ForEach(one => one.Dispose());

    [Fact]
    public void Read_ResultsOfAllTypes_TellWhatBecameOfTheRequests()
    {
        List<BatchResult?> results =
        [
            Read("""{"custom_id":"a1","result":{"type":"succeeded","message":{"id":"msg_1","type":"message","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn","usage":{"input_tokens":9,"output_tokens":3}}}}"""),
            Read("""{"custom_id":"a2","result":{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"Bad."},"request_id":"req_1"}}}"""),
            Read("""{"custom_id":"a3","result":{"type":"canceled"}}"""),
            Read("""{"result":{"type":"expired"},"custom_id":"a4"}"""),
        ];

        Assert.Equal(
            [
                new BatchResult("a1", """{"id":"msg_1","type":"message","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn","usage":{"input_tokens":9,"output_tokens":3}}""", 200),
                new BatchResult("a2", """{"type":"error","error":{"type":"invalid_request_error","message":"Bad."},"request_id":"req_1"}""", 400) { RequestId = "req_1" },
                new BatchResult("a3", null, 0) { NotRun = ChatBatchStatus.Cancelled, Code = "canceled" },
                new BatchResult("a4", null, 0) { NotRun = ChatBatchStatus.Expired, Code = "expired" },
            ],
            results);
    }

    [Theory]
    [InlineData("authentication_error", 401)]
    [InlineData("billing_error", 402)]
    [InlineData("permission_error", 403)]
    [InlineData("not_found_error", 404)]
    [InlineData("request_too_large", 413)]
    [InlineData("rate_limit_error", 429)]
    [InlineData("api_error", 500)]
    [InlineData("timeout_error", 504)]
    [InlineData("overloaded_error", 529)]
    [InlineData("something_new", 400)]
    public void Read_ErrorWithOneWrapperLess_HasTheFormOfALiveOne(string type, int status) => Assert.Equal(
        new BatchResult("a", $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"m"}}""", status),
        Read($$$$"""{"custom_id":"a","result":{"type":"errored","error":{"type":"{{{{type}}}}","message":"m"}}}"""));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"custom_id":"a"}""")]
    [InlineData("""{"custom_id":1,"result":{"type":"canceled"}}""")]
    [InlineData("""{"custom_id":"a","result":{"type":"new"}}""")]
    [InlineData("""{"custom_id":"a","result":{"type":"succeeded"}}""")]
    [InlineData("""{"custom_id":"a","result":{"type":"succeeded","mess""")]
    [InlineData("""{"custom_id":"a","result":{"type":"canceled"}}{"custom_id":"b","result":{"type":"canceled"}}""")]
    public void Read_LineThatTellsNothing_IsNone(string line) => Assert.Null(Read(line));

    [Theory]
    [InlineData("""{"custom_id":"a","result":""", "a")]
    [InlineData("""{"result":{"custom_id":"b","x":[1,{"y":2}]},"custom_id":"a"}""", "a")]
    [InlineData("""{"result":{"custom_id":"b"}}""", null)]
    [InlineData("""{"custom_id":7}""", null)]
    [InlineData("no JSON", null)]
    public void ReadId_Line_IsFoundWithoutTheRest(string line, string? id) => Assert.Equal(id, Batches.ReadId(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Write_Request_IsTheLiveOneWithoutStream()
    {
        using MemoryStream target = new();
        Batches.Write(target, "a-1", ChatBatchKind.Chat, "m", Bytes("""{"model":"m","stream":false,"messages":[{"role":"user","content":"é\n€"}],"metadata":{"stream":1}}"""));

        Assert.Equal("""{"custom_id":"a-1","params":{"model":"m","messages":[{"role":"user","content":"é\n€"}],"metadata":{"stream":1}}}""" + "\n", Encoding.UTF8.GetString(target.ToArray()));
    }

    [Fact]
    public async Task Batch_AllThatCanBecomeOfARequest_ComesBackById()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "hi", "[fail]", "[expire]", "[cancel]", "[lose]", "[damage]");
        BatchJob begun = await part.StartAsync();
        BatchJob ended = await part.EndAsync(begun);
        List<BatchResult?> results = await part.ResultsAsync(ended);

        Assert.Equal((ChatBatchStatus.InProgress, 6, null, null), (begun.Status, begun.Total, begun.Completed, begun.Failed));
        Assert.Equal((ChatBatchStatus.Completed, 6, 3, 1), (ended.Status, ended.Total, ended.Completed, ended.Failed));
        Assert.Equal([null, part.Ids[0], part.Ids[1], part.Ids[2], part.Ids[3]], results.Select(result => result?.Id).Order(StringComparer.Ordinal));
        Assert.NotEqual(part.Ids[0], results[0]!.Id);
        ChatCompletion answer = Restore(connection, results.Single(result => result?.Id == part.Ids[0])!.Body!);
        Assert.Equal("You said: hi", answer.Text);
        Assert.Equal(400, results.Single(result => result?.Id == part.Ids[1])!.StatusCode);
    }

    [Fact]
    public void Batch_AnyPrompts_ComeBackByTheirIds() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(15),
        Prop.ForAll(ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => "x" + new string([.. text.Get.Where(letter => !char.IsSurrogate(letter) && letter != '[')]) + "x").Several(1, 30).ToArbitrary(), prompts =>
        {
            ServiceConnection connection = Connect(Sandbox());
            using BatchPartFile part = new(connection, [.. prompts]);
            Dictionary<string, BatchResult> results = part.RunAsync().GetAwaiter().GetResult().ToDictionary(result => result!.Id, result => result!, StringComparer.Ordinal);

            Assert.Equal(prompts.Select(prompt => "You said: " + prompt), part.Ids.Select(id => Restore(connection, results[id].Body!).Text));
            Assert.Equal(
                part.Bodies.Select(body => JsonSerializer.Serialize(JsonDocument.Parse(body).RootElement)),
                part.Lines.Select(line => JsonSerializer.Serialize(JsonDocument.Parse(line).RootElement.GetProperty("params"))));
        }));

    [Fact]
    public async Task Start_Part_IsOneRequestWithAllLines()
    {
        SandboxServer server = Sandbox();
        ServiceConnection connection = Connect(server);
        using BatchPartFile part = new(connection, [.. Enumerable.Range(0, 500).Select(number => "prompt " + number)]);
        List<(long Sent, long Total)> heard = [];
        BatchJob job = await part.BatchEngine.StartAsync(connection, part.Order with { Sent = (sent, total) => heard.Add((sent, total)) }, CallSettings.None, CancellationToken.None);

        SandboxRequest request = Assert.Single(server.GetRequests());
        Assert.Equal(500, job.Total);
        Assert.Equal(new FileInfo(part.Order.Path).Length - 1 + """{"requests":[]}""".Length, heard[^1].Total);
        Assert.Equal($"[application/json, {heard[^1].Total} bytes]", request.Body);
    }

    [Fact]
    public async Task Start_ConnectionCut_IsNotSentAgain()
    {
        SandboxServer server = Sandbox(new SandboxFault { Kind = SandboxFaultKind.Reset });
        ServiceConnection connection = Connect(server, maxRetry: 3);
        using BatchPartFile part = new(connection, "hi");

        await Assert.ThrowsAsync<ChatServiceException>(part.StartAsync);
        Assert.Equal(1, server.RequestCount);
    }

    [Fact]
    public async Task Find_PartThatWasTaken_IsTheOneThatNobodyKnows()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "one", "two");
        using BatchPartFile larger = new(connection, "one", "two", "three");
        BatchJob known = await part.StartAsync();
        Assert.Empty(await FindAsync(connection, part, known.Id));
        await larger.StartAsync();
        BatchJob lost = await part.StartAsync();

        Assert.Equal([lost.Id], (await FindAsync(connection, part, known.Id)).Select(job => job.Id));
        Assert.Equal([lost.Id, known.Id], (await FindAsync(connection, part)).Select(job => job.Id));
    }

    [Fact]
    public async Task Find_JobsWithResults_AreToldApartByAnId()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "one", "two");
        using BatchPartFile other = new(connection, "three", "four");
        await other.EndAsync(await other.StartAsync());
        BatchJob lost = await part.EndAsync(await part.StartAsync());

        Assert.Equal([lost.Id], (await FindAsync(connection, part)).Select(job => job.Id));
    }

    [Fact]
    public async Task Find_JobsFromBeforeThePartWasAskedFor_AreNotLookedAt()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow.AddHours(-1);
        SandboxServer server = Add(SandboxServer.Start(new SandboxOptions { Clock = () => now }));
        ServiceConnection connection = Connect(server);
        using BatchPartFile part = new(connection, "one");
        await part.StartAsync();
        now = DateTimeOffset.UtcNow;

        Assert.Empty(await FindAsync(connection, part));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Find_AtAServiceWhoseClockIsHoursOff_GoesByItsClock(int hours)
    {
        SandboxServer server = Add(SandboxServer.Start(new SandboxOptions { Clock = () => DateTimeOffset.UtcNow.AddHours(hours) }));
        ServiceConnection connection = Connect(server);
        using BatchPartFile part = new(connection, "one");
        BatchJob lost = await part.StartAsync();

        Assert.Equal([lost.Id], (await FindAsync(connection, part)).Select(job => job.Id));
    }

    [Fact]
    public async Task Find_AJobThatNothingProves_IsOnlyPresumed()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "one", "two");
        BatchJob job = await part.StartAsync();
        Assert.True(Assert.Single(await FindAsync(connection, part)).IsPresumed);

        await part.EndAsync(job);

        Assert.False(Assert.Single(await FindAsync(connection, part)).IsPresumed);
    }

    [Fact]
    public async Task Stop_JobUnderWay_IsBeingStoppedAndStopsOnce()
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "one", "two");
        BatchJob job = await part.StartAsync();
        BatchJob stopping = await StopAsync(connection, part, job);
        BatchJob ended = await part.EndAsync(stopping);
        BatchJob again = await StopAsync(connection, part, job);

        Assert.Equal(ChatBatchStatus.Cancelling, stopping.Status);
        Assert.Equal((ChatBatchStatus.Cancelled, 1), (ended.Status, ended.Completed));
        Assert.Equal(ChatBatchStatus.Cancelled, again.Status);
        Assert.Equal(ChatBatchStatus.Cancelled, (await part.ResultsAsync(ended)).Single(result => result!.Body is null)!.NotRun);
    }

    [Theory]
    [InlineData("[expired]", ChatBatchStatus.Expired, 1, null)]
    [InlineData("[archived]", ChatBatchStatus.Completed, 0, "The service has thrown its results away")]
    [InlineData("plain", ChatBatchStatus.Completed, 1, null)]
    public async Task Get_EndedJob_SaysHow(string word, ChatBatchStatus status, int results, string? reason)
    {
        ServiceConnection connection = Connect(Sandbox());
        using BatchPartFile part = new(connection, "one", word);
        BatchJob job = await part.EndAsync(await part.StartAsync());

        Assert.Equal((status, results), (job.Status, job.Results.Count));
        Assert.StartsWith(reason ?? "", job.Reason ?? "", StringComparison.Ordinal);
        Assert.NotNull(job.EndedAt);
    }

    [Theory]
    [InlineData("""{"id":"b","processing_status":"in_progress"}""", ChatBatchStatus.InProgress, null)]
    [InlineData("""{"id":"b","processing_status":"new_word","request_counts":{"processing":2}}""", ChatBatchStatus.InProgress, 2)]
    [InlineData("""{"id":"b","processing_status":"ended","request_counts":{"processing":0,"succeeded":"2","errored":1,"canceled":0,"expired":0},"created_at":"x"}""", ChatBatchStatus.Completed, 3)]
    [InlineData("""{"id":"b","processing_status":"ended","request_counts":{"expired":1,"canceled":1},"cancel_initiated_at":"2026-11-01T00:00:00Z"}""", ChatBatchStatus.Cancelled, 2)]
    [InlineData("""{"id":"b","processing_status":"ended","request_counts":{"expired":1},"ended_at":"2026-11-02T00:00:01Z","expires_at":"2026-11-02T00:00:00Z"}""", ChatBatchStatus.Expired, 1)]
    [InlineData("""{"id":"b","processing_status":"ended","request_counts":{"expired":1},"ended_at":"2026-11-01T00:00:00Z","expires_at":"2026-11-02T00:00:00Z"}""", ChatBatchStatus.Completed, 1)]
    public async Task Get_AnswersOfOtherForms_AreRead(string json, ChatBatchStatus status, int? total)
    {
        ServiceConnection connection = Connect(Add(SandboxServer.Start(new SandboxOptions { Rules = [new SandboxRule { Path = "/v1/messages/batches/*", Response = json }] })));
        BatchJob job = await Batches.GetAsync(connection, "b", CallSettings.None, CancellationToken.None);

        Assert.Equal((status, total, json), (job.Status, job.Total, job.Raw));
    }

    [Fact]
    public async Task List_Jobs_ComeYoungestFirstAndPageByPage()
    {
        SandboxServer server = Sandbox();
        ServiceConnection connection = Connect(server);
        using BatchPartFile part = new(connection, "one");
        List<string> ids = [];
        for (int number = 0; number < 3; number++)
        {
            ids.Insert(0, (await part.StartAsync()).Id);
        }

        Assert.Equal(ids, (await Engine.CollectAsync(Batches.ListAsync(connection, null, CallSettings.None with { AdditionalQuery = new Dictionary<string, string> { ["limit"] = "1" } }, CancellationToken.None))).Select(job => job.Id));
        Assert.Equal(ids.Take(2), (await Engine.CollectAsync(Batches.ListAsync(connection, 2, CallSettings.None, CancellationToken.None))).Select(job => job.Id));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(" ")]
    public async Task Get_IdThatLeadsElsewhere_IsRefusedBeforeAnythingIsSent(string id)
    {
        SandboxServer server = Sandbox();
        ServiceConnection connection = Connect(server);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Batches.GetAsync(connection, id, CallSettings.None, CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Equal(0, server.RequestCount);
    }

    [Fact]
    public async Task Download_AddressOfAnotherHost_IsNotCalledWithTheKey()
    {
        const string Ended = """{"id":"b","processing_status":"ended","results_url":"http://other.invalid/results"}""";
        SandboxServer server = Add(SandboxServer.Start(new SandboxOptions
        {
            Rules =
            [
                new SandboxRule { Path = "/v1/messages/batches/b", Response = Ended },
                new SandboxRule { Path = "/v1/messages/batches/b/results", Response = """{"custom_id":"a","result":{"type":"canceled"}}""" },
            ],
        }));
        ServiceConnection connection = Connect(server);
        BatchJob job = await Batches.GetAsync(connection, "b", CallSettings.None, CancellationToken.None);
        using MemoryStream target = new();
        await Batches.DownloadAsync(connection, job, Assert.Single(job.Results), target, CallSettings.None, CancellationToken.None);

        Assert.Equal("""{"custom_id":"a","result":{"type":"canceled"}}""", Encoding.UTF8.GetString(target.ToArray()));
    }

    [Theory]
    [InlineData("Gemini", ChatBatchKind.Embedding, true)]
    [InlineData("Gemini", ChatBatchKind.Chat, true)]
    [InlineData("Gemini", ChatBatchKind.Moderation, false)]
    [InlineData("Anthropic", ChatBatchKind.Chat, true)]
    [InlineData("Anthropic", ChatBatchKind.Embedding, false)]
    public void Takes_Kind_AsTheServiceDoes(string dialect, ChatBatchKind kind, bool takes) =>
        Assert.Equal(takes, KnownDialects.All.Single(known => known.Name == dialect).Offer<IBatchEngine>()!.Takes(kind));

    [Fact]
    public void Require_DialectWithoutBatches_SaysSo()
    {
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { BaseUri = new Uri("http://localhost/v1"), Dialect = KnownDialects.All.Single(known => known.Name == "Envelope"), Model = "m" });

        Assert.Contains("has no batches", Assert.Throws<ChatServiceException>(() => connection.Require<IBatchEngine>("batches")).Message, StringComparison.Ordinal);
    }

    private static IBatchEngine Batches => KnownDialects.Anthropic.Offer<IBatchEngine>()!;

    private static BatchResult? Read(string line) => Batches.Read(Encoding.UTF8.GetBytes(line));

    private static ArraySegment<byte> Bytes(string json) => new(Encoding.UTF8.GetBytes(json));

    private static ChatCompletion Restore(ServiceConnection connection, string raw) =>
        connection.Dialect.Offer<IChatProtocol>()!.Restore(raw, isStream: false, Engine.Ask(), new CheckpointOrigin(new CheckpointRecord { Raw = raw }, connection.Settings, CallSettings.None));

    private static Task<IReadOnlyList<BatchJob>> FindAsync(ServiceConnection connection, BatchPartFile part, params string[] known) =>
        part.BatchEngine.FindAsync(connection, part.Order, known, CallSettings.None, CancellationToken.None);

    private static Task<BatchJob> StopAsync(ServiceConnection connection, BatchPartFile part, BatchJob job) =>
        part.BatchEngine.StopAsync(connection, job.Id, CallSettings.None, CancellationToken.None);

    private SandboxServer Sandbox(params SandboxFault[] faults) => Add(SandboxServer.Start(new SandboxOptions { RequiredKey = Engine.Key, Faults = faults }));

    private ServiceConnection Connect(SandboxServer server, int maxRetry = 0) => Add(Engine.Connect(new ConnectionSettings
    {
        BaseUri = server.BaseUri,
        Dialect = KnownDialects.Anthropic,
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
