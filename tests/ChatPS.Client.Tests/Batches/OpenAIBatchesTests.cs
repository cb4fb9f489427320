using System.Globalization;
using System.Text.Json;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Azure;
using ChatPS.Client.Faults;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Client.Tests.Batches;

/// <summary>What OpenAI, Azure and gateways say of batches, in all its forms.</summary>
public sealed class OpenAIBatchesTests : IDisposable
{
    private const string Made = """{"id":"b1","object":"batch","endpoint":"/v1/chat/completions","input_file_id":"f1","completion_window":"24h","status":"validating","created_at":1711471533}""";

    private readonly string _file = Path.GetTempFileName();

    public OpenAIBatchesTests() => File.WriteAllText(_file, "{}\n");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Start_APart_SendsWhatTheDescriptionAsksFor()
    {
        using RawServer server = RawServer.Answering(200, Made);
        using ServiceConnection connection = Engine.Connect(server);

        BatchJob job = await OpenAIBatches.Chats.StartAsync(
            connection,
            Order() with { ExpiresAfter = TimeSpan.FromDays(2), Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["run"] = "7" } },
            CallSettings.None,
            CancellationToken.None);

        string body = server.Exchanges[0].Body;
        Assert.Empty(OpenApiDescription.Official.Validate("CreateBatchRequest", body));
        Assert.Equal(
            """{"input_file_id":"f1","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"run":"7","chatps_part":"part"},"output_expires_after":{"anchor":"created_at","seconds":172800}}""", body);
        Assert.Equal(("b1", ChatBatchStatus.Validating), (job.Id, job.Status));
    }

    [Fact]
    public async Task Start_AtAzure_NamesTheEndpointWithoutAVersion()
    {
        using RawServer server = RawServer.Answering(200, Made);
        using ServiceConnection connection = Engine.Connect(server);

        await AzureBatches.Deployed.StartAsync(connection, Order(), CallSettings.None, CancellationToken.None);

        using JsonDocument body = JsonDocument.Parse(server.Exchanges[0].Body);
        Assert.Equal("/chat/completions", body.RootElement.GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task Start_ThatBreaksOff_IsNotSentAgain()
    {
        using RawServer server = RawServer.Answering(500, """{"error":{"message":"oh"}}""");
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 3);

        await Assert.ThrowsAsync<ChatServiceException>(() => OpenAIBatches.Chats.StartAsync(connection, Order(), CallSettings.None, CancellationToken.None));

        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData(429, "token_limit_exceeded", "Enqueued token limit reached")]
    [InlineData(429, "batch_limit_exceeded", "Too many batches")]
    [InlineData(400, "TokenLimitExceeded", "No room")]
    [InlineData(400, null, "Enqueued token limit reached for m in organization o. Limit: 90,000 enqueued tokens.")]
    public async Task Start_WithoutRoomInTheQueue_IsAJobThatWaits(int status, string? code, string message)
    {
        using RawServer server = RawServer.Answering(status, $$$"""{"error":{"message":"{{{message}}}","code":{{{JsonSerializer.Serialize(code)}}}}}""");
        using ServiceConnection connection = Engine.Connect(server);

        BatchJob job = await OpenAIBatches.Chats.StartAsync(connection, Order(), CallSettings.None, CancellationToken.None);

        Assert.Equal(("", ChatBatchStatus.Failed, true), (job.Id, job.Status, job.IsQueueFull));
        Assert.Contains(message, job.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithTooManyRequestsAMinute_IsAnError()
    {
        using RawServer server = RawServer.Answering(429, """{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => OpenAIBatches.Chats.StartAsync(connection, Order(), CallSettings.None, CancellationToken.None));

        Assert.Equal(ErrorIds.RateLimited, failure.ErrorId);
    }

    [Theory]
    [InlineData(404, """{"error":{"message":"Invalid URL (GET /v1/batches)","type":"invalid_request_error"}}""")]
    [InlineData(405, "")]
    [InlineData(501, """{"error":{"message":"not implemented"}}""")]
    public async Task List_OfAGatewayWithoutBatches_SaysThatItHasNone(int status, string body)
    {
        using RawServer server = RawServer.Answering(status, body);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Engine.CollectAsync(OpenAIBatches.Chats.ListAsync(connection, null, CallSettings.None, CancellationToken.None)));

        Assert.Contains("has no batches", failure.Message, StringComparison.Ordinal);
        Assert.Equal((ErrorIds.InvalidRequest, status), (failure.ErrorId, failure.StatusCode));
        Assert.Contains("-Connection", failure.RecommendedAction, StringComparison.Ordinal);
    }

    // Case 19 of the reference.
    [Fact]
    public async Task Look_AtABatchThatFailed_NamesTheLine()
    {
        BatchJob job = await LookAsync("""{"id":"b1","status":"failed","failed_at":1711471633,"errors":{"object":"list","data":[{"code":"invalid_json_line","line":7,"message":"This line is not parseable as valid JSON.","param":null}]}}""");

        Assert.Equal((ChatBatchStatus.Failed, "Line 7: This line is not parseable as valid JSON.", false), (job.Status, job.Reason, job.IsQueueFull));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1711471633), job.EndedAt);
    }

    [Fact]
    public async Task Look_AtABatchWithManyErrors_TellsTheFirst()
    {
        string errors = string.Join(",", Enumerable.Range(1, 12).Select(line => string.Create(CultureInfo.InvariantCulture, $$"""{"code":"token_limit_exceeded","line":"{{line}}","message":"Bad."}""")));

        BatchJob job = await LookAsync($$$"""{"id":"b1","status":"failed","errors":{"data":[{{{errors}}}]}}""");

        Assert.Equal("Line 1: Bad. Line 2: Bad. Line 3: Bad. There are 9 more such errors.", job.Reason);
        Assert.True(job.IsQueueFull);
    }

    [Theory]
    [InlineData("""{"code":"token_limit_exceeded","message":"x"},{"code":"invalid_json_line","line":1}""", false)]
    [InlineData("""{"code":"token_limit_exceeded","message":"x"}""", true)]
    [InlineData("""{"code":null,"message":"Enqueued token limit reached"}""", true)]
    [InlineData("""{"code":"context_length_exceeded","message":"x"}""", false)]
    public async Task Look_AtABatchThatFailed_KnowsTheQueueFromTheRest(string errors, bool isQueueFull) =>
        Assert.Equal(isQueueFull, (await LookAsync($$$"""{"id":"b1","status":"failed","errors":{"data":[{{{errors}}}]}}""")).IsQueueFull);

    // Case 18 of the services' page.
    [Fact]
    public async Task Look_AtAzure_ReadsTimesAndCountsAsTheyAre()
    {
        BatchJob job = await LookAsync(
            """{"id":"batch_1","object":"batch","status":"Validating","created_at":"2026-11-01T10:00:00.5+02:00","expires_at":"2026-11-02T10:00:00+02:00","completed_at":null,"errors":null,"endpoint":"/chat/completions","request_counts":{"total":null,"completed":null,"failed":null},"metadata":null,"output_file_id":"","error_file_id":null}""",
            AzureBatches.Deployed);

        Assert.Equal((ChatBatchStatus.Validating, null, null, null), (job.Status, job.Total, job.Completed, job.Failed));
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero), job.CreatedAt);
        Assert.Null(job.ExpiresAt);
        Assert.Empty(job.Results);
    }

    [Fact]
    public async Task Look_AtABatchThatIsDone_TellsAllOfIt()
    {
        BatchJob job = await LookAsync(
            """{"id":"b1","status":"completed","created_at":1711471533,"expires_at":1711471534,"completed_at":1711493163,"output_file_id":"o","error_file_id":"e","model":"m-1","request_counts":{"total":"100","completed":95.0,"failed":5},"usage":{"input_tokens":"many","output_tokens":5},"metadata":{"chatps_part":"part","n":5}}""");

        Assert.Equal((100, 95, 5), (job.Total, job.Completed, job.Failed));
        Assert.Equal(["o", "e"], job.Results);
        Assert.Equal(("part", "m-1", ChatBatchStatus.Completed), (job.Name, job.Model, job.Status));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1711493163), job.EndedAt);
        Assert.NotNull(job.ExpiresAt);
    }

    [Fact]
    public async Task Look_AtAnAnswerThatEchoesTheKey_HidesIt()
    {
        using RawServer server = RawServer.Answering(200, $$$"""{"id":"b1","status":"failed","errors":{"data":[{"message":"Key {{{Engine.Key}}} is bad."}]}}""");
        using ServiceConnection connection = Engine.Connect(server);

        BatchJob job = await OpenAIBatches.Chats.GetAsync(connection, "b1", CallSettings.None, CancellationToken.None);

        Assert.All([job.Reason!, job.Raw], text => Assert.DoesNotContain(Engine.Key, text, StringComparison.Ordinal));
        Assert.Contains("is bad", job.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in_progress", ChatBatchStatus.InProgress)]
    [InlineData("InProgress", ChatBatchStatus.InProgress)]
    [InlineData("Finalizing", ChatBatchStatus.Finalizing)]
    [InlineData("COMPLETED", ChatBatchStatus.Completed)]
    [InlineData("expired", ChatBatchStatus.Expired)]
    [InlineData("canceling", ChatBatchStatus.Cancelling)]
    [InlineData("canceled", ChatBatchStatus.Cancelled)]
    [InlineData("cancelled", ChatBatchStatus.Cancelled)]
    [InlineData("failed", ChatBatchStatus.Failed)]
    [InlineData("preparing", ChatBatchStatus.InProgress)]
    [InlineData("", ChatBatchStatus.InProgress)]
    public async Task Look_AtAnyStatus_KnowsIt(string word, ChatBatchStatus status) =>
        Assert.Equal(status, (await LookAsync($$"""{"id":"b1","status":"{{word}}"}""")).Status);

    [Fact]
    public async Task Look_ThatSaysWhenToLookAgain_IsHeard()
    {
        using RawServer server = RawServer.Answering(200, Made, "application/json", "Retry-After: 90");
        using ServiceConnection connection = Engine.Connect(server);

        BatchJob job = await OpenAIBatches.Chats.GetAsync(connection, "b1", CallSettings.None, CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(90), job.PollAfter);
    }

    [Fact]
    public async Task Find_WhereLabelsAreNotKept_GoesByTheFile()
    {
        IReadOnlyList<BatchJob> found = await FindAsync(
            """{"data":[{"id":"b3","input_file_id":"f2","status":"validating","created_at":1711471540},{"id":"b2","input_file_id":"f1","status":"validating","created_at":1711471535},{"id":"b1","input_file_id":"f1","status":"validating","created_at":1711471534}]}""");

        Assert.Equal(["b2", "b1"], found.Select(job => job.Id));
    }

    [Fact]
    public async Task Find_AJobOfThatName_GoesBeforeTheFile()
    {
        IReadOnlyList<BatchJob> found = await FindAsync(
            """{"data":[{"id":"b2","input_file_id":"f1","status":"validating","created_at":1711471535},{"id":"b1","input_file_id":"f9","metadata":{"chatps_part":"part"},"status":"validating","created_at":1711471534},{"id":"b0","input_file_id":"f1","metadata":{"chatps_part":"other"},"status":"validating","created_at":1711471533}]}""");

        Assert.Equal(["b1"], found.Select(job => job.Id));
    }

    [Fact]
    public async Task Find_AJobThatTheQueueRefused_CountsAsNone() => Assert.Empty(await FindAsync(
        """{"data":[{"id":"b1","input_file_id":"f1","metadata":{"chatps_part":"part"},"status":"failed","errors":{"data":[{"code":"token_limit_exceeded"}]},"created_at":1711471534}]}"""));

    [Fact]
    public async Task Find_InAListOfTheOldestFirst_ReadsToItsEnd()
    {
        IReadOnlyList<BatchJob> found = await FindAsync(
            """{"data":[{"id":"b0","status":"completed","created_at":1600000000},{"id":"b1","status":"completed","created_at":1600000001},{"id":"b2","input_file_id":"f1","status":"validating","created_at":1711471534}]}""");

        Assert.Equal(["b2"], found.Select(job => job.Id));
    }

    [Fact]
    public async Task Find_InALongList_StopsAtWhatIsOlder()
    {
        string page = """{"data":[{"id":"b9","status":"completed","created_at":1711471533},{"id":"b8","status":"completed","created_at":1600000001},{"id":"b7","status":"completed","created_at":1600000000}],"has_more":true,"last_id":"b7"}""";
        using RawServer server = RawServer.Answering(200, page);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Empty(await OpenAIBatches.Chats.FindAsync(connection, Order(), [], CallSettings.None, CancellationToken.None));

        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Find_AJobOfThatName_AtAServiceWhoseClockIsHoursLate_IsTheOne()
    {
        IReadOnlyList<BatchJob> found = await FindAsync(
            """{"data":[{"id":"b2","status":"completed","created_at":1711461536},{"id":"b1","input_file_id":"f1","metadata":{"chatps_part":"part"},"status":"validating","created_at":1711461534}]}""");

        Assert.Equal(["b1"], found.Select(job => job.Id));
    }

    [Fact]
    public async Task Find_InAListWithoutAnEnd_GivesUp()
    {
        int number = 0;
        string Page()
        {
            string[] jobs = [.. Enumerable.Range(0, 100).Select(_ => $$"""{"id":"b{{++number}}","status":"completed"}""")];
            return $$"""{"data":[{{string.Join(",", jobs)}}],"has_more":true}""";
        }

        using RawServer server = RawServer.Start([.. Enumerable.Range(0, 60).Select(_ => RawServer.Answer(200, Page()))]);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => OpenAIBatches.Chats.FindAsync(connection, Order(), [], CallSettings.None, CancellationToken.None));

        Assert.Contains("5,000", failure.Message, StringComparison.Ordinal);
        Assert.InRange(server.Exchanges.Count, 50, 52);
    }

    [Fact]
    public async Task Find_WhatWasNeverAskedFor_SendsNothing()
    {
        using RawServer server = RawServer.Answering(500, "");
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Empty(await OpenAIBatches.Chats.FindAsync(connection, Order() with { AskedAt = null }, [], CallSettings.None, CancellationToken.None));

        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(43_200, true)]
    [InlineData(43_201, false)]
    public Task Expiry_AtOpenAI_IsBetweenAnHourAndThirtyDays(int minutes, bool isTaken) => CheckExpiryAsync(OpenAIBatches.Chats, minutes, isTaken);

    [Theory]
    [InlineData(20_159, false)]
    [InlineData(20_160, true)]
    [InlineData(43_200, true)]
    [InlineData(43_201, false)]
    public Task Expiry_AtAzure_IsBetweenFourteenAndThirtyDays(int minutes, bool isTaken) => CheckExpiryAsync(AzureBatches.Deployed, minutes, isTaken);

    [Theory]
    [InlineData("chatps_part", 1)]
    [InlineData("k", 16)]
    public async Task Metadata_ThatLeavesNoPlaceForTheName_IsRefusedBeforeAnythingIsSent(string key, int count)
    {
        using RawServer server = RawServer.Answering(500, "");
        using ServiceConnection connection = Engine.Connect(server);
        BatchOrder order = Order() with { Metadata = Enumerable.Range(0, count).ToDictionary(number => number == 0 ? key : key + number, _ => "v", StringComparer.Ordinal) };

        ChatServiceException upload = await Assert.ThrowsAsync<ChatServiceException>(() => OpenAIBatches.Chats.UploadAsync(connection, order, CallSettings.None, CancellationToken.None));
        ChatServiceException start = await Assert.ThrowsAsync<ChatServiceException>(() => OpenAIBatches.Chats.StartAsync(connection, order, CallSettings.None, CancellationToken.None));

        Assert.All([upload, start], failure => Assert.StartsWith("-BatchMetadata:", failure.Message, StringComparison.Ordinal));
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public async Task Upload_WhereFilesAreNotListed_SendsItAllTheSame()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(404, """{"error":{"message":"Invalid URL (GET /v1/files)"}}"""), RawServer.Answer(200, """{"id":"f7","object":"file","filename":"part.jsonl","purpose":"batch"}"""));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("f7", await OpenAIBatches.Chats.UploadAsync(connection, Order(), CallSettings.None, CancellationToken.None));
    }

    [Fact]
    public async Task Upload_AFileThatIsStillTakenIn_WaitsForIt()
    {
        OpenAIBatches engine = new(new OpenAIBatchForm([ChatBatchKind.Chat]) { FilePause = TimeSpan.FromMilliseconds(1) });
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"data":[]}"""),
            RawServer.Answer(200, """{"id":"f7","filename":"part.jsonl","status":"pending"}"""),
            RawServer.Answer(200, """{"id":"f7","filename":"part.jsonl","status":"Running"}"""),
            RawServer.Answer(200, """{"id":"f7","filename":"part.jsonl","status":"processed"}"""));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("f7", await engine.UploadAsync(connection, Order(), CallSettings.None, CancellationToken.None));

        Assert.Equal(4, server.Exchanges.Count);
    }

    [Fact]
    public async Task Upload_AFileThatTheServiceRefusesAfterwards_IsAnError()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"data":[]}"""), RawServer.Answer(200, """{"id":"f7","filename":"part.jsonl","status":"error"}"""));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => OpenAIBatches.Chats.UploadAsync(connection, Order(), CallSettings.None, CancellationToken.None));

        Assert.Contains("f7", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChatBatchKind.Chat, true, false, true)]
    [InlineData(ChatBatchKind.Response, false, true, false)]
    [InlineData(ChatBatchKind.Embedding, true, true, true)]
    [InlineData(ChatBatchKind.Moderation, true, true, false)]
    [InlineData(ChatBatchKind.TextCompletion, true, true, false)]
    public void Takes_EachKind_GoesByTheDialect(ChatBatchKind kind, bool chats, bool responses, bool azure) =>
        Assert.Equal((chats, responses, azure), (OpenAIBatches.Chats.Takes(kind), OpenAIBatches.Responses.Takes(kind), AzureBatches.Deployed.Takes(kind)));

    private static async Task<BatchJob> LookAsync(string answer, OpenAIBatches? engine = null)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);
        BatchJob job = await (engine ?? OpenAIBatches.Chats).GetAsync(connection, "b1", CallSettings.None, CancellationToken.None);
        Assert.Equal(answer, job.Raw);
        return job;
    }

    private async Task<IReadOnlyList<BatchJob>> FindAsync(string list)
    {
        using RawServer server = RawServer.Answering(200, list);
        using ServiceConnection connection = Engine.Connect(server);
        return await OpenAIBatches.Chats.FindAsync(connection, Order(), [], CallSettings.None, CancellationToken.None);
    }

    private async Task CheckExpiryAsync(OpenAIBatches engine, int minutes, bool isTaken)
    {
        using RawServer server = RawServer.Answering(200, Made);
        using ServiceConnection connection = Engine.Connect(server);
        Task<BatchJob> StartAsync() => engine.StartAsync(connection, Order() with { ExpiresAfter = TimeSpan.FromMinutes(minutes) }, CallSettings.None, CancellationToken.None);

        if (isTaken)
        {
            await StartAsync();
        }
        else
        {
            Assert.StartsWith("-ExpiresAfter:", (await Assert.ThrowsAsync<ChatServiceException>(StartAsync)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(isTaken ? 1 : 0, server.Exchanges.Count);
    }

    private BatchOrder Order() => new("part", _file, 1, ChatBatchKind.Chat, "m") { FileId = "f1", AskedAt = DateTimeOffset.FromUnixTimeSeconds(1711471533) };
}
