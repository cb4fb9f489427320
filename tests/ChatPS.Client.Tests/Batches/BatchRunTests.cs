using ChatPS.Client.Batches;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Batches;

/// <summary>How a batch that is written comes to its end at the service.</summary>
public sealed class BatchRunTests : IDisposable
{
    private readonly BatchFolder _folder = new();
    private readonly FakeBatches _service = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WaitAsync_WithSeveralParts_LooksOnceAPartARound()
    {
        _service.Size = new BatchLimits(2, 1_000_000) { Pause = TimeSpan.FromSeconds(60) };
        _service.LooksNeeded = 3;
        using BatchFile file = _folder.Write(_service, ["a", "b", "c", "d"]);
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);
        await run.StartAsync(CancellationToken.None);

        IReadOnlyList<TimeSpan> waits = await BatchFolder.WaitAsync(run, time);

        // One look finds it past the check, three more at its end.
        Assert.Equal(["look job-1", "look job-1", "look job-1", "look job-1", "look job-2", "look job-2", "look job-2", "look job-2"], _service.Calls.Where(call => call.StartsWith("look", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(60), 3), waits);
        Assert.Equal(ChatBatchStatus.Completed, run.Batch.Status);
        Assert.Equal(4, run.Batch.Completed);
    }

    [Fact]
    public async Task LookAsync_AJobThatIsGone_HoldsUpNoOther_AndMayComeBack()
    {
        _service.Size = new BatchLimits(1, 1_000_000);
        _service.Gone = "job-1";
        using BatchFile file = _folder.Write(_service, ["a", "b"]);
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);
        await BatchFolder.WaitAsync(run, time);
        Assert.Equal([("job-1", ChatBatchStatus.Failed, true), ("job-2", ChatBatchStatus.Completed, false)], file.State.Parts.OrderBy(part => part.JobId, StringComparer.Ordinal).Select(part => (part.JobId!, part.Status, part.IsLost)));

        // Whoever asks with the key of another account loses nothing.
        _service.Gone = null;
        await BatchFolder.WaitAsync(run, time);

        Assert.All(file.State.Parts, part => Assert.Equal((ChatBatchStatus.Completed, false), (part.Status, part.IsLost)));
        Assert.Equal(2, _service.Jobs.Count);
    }

    [Fact]
    public async Task WaitAsync_WithoutAPauseOfTheService_LooksEverMoreSeldom()
    {
        _service.Size = new BatchLimits(2, 1_000_000) { Pause = TimeSpan.FromSeconds(1) };
        _service.LooksNeeded = 100;
        using BatchFile file = _folder.Write(_service, ["a"]);
        FakeTime time = new();

        IReadOnlyList<TimeSpan> waits = await BatchFolder.WaitAsync(BatchFolder.Run(file, _service, time), time);

        Assert.Equal(TimeSpan.FromSeconds(1), waits[0]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(TimeSpan.FromSeconds(60), waits[^1]);
    }

    [Fact]
    public async Task WaitAsync_WithPartsThatTheQueueRefuses_StartsThemWhenOthersEnd()
    {
        _service.Queue = 3;
        using BatchFile file = _folder.Write(_service, Enumerable.Range(1, 12).Select(number => $"{number}"));
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);
        List<ChatBatch> seen = [];
        run.Seen = seen.Add;

        await BatchFolder.WaitAsync(run, time);

        Assert.Equal(ChatBatchStatus.Completed, run.Batch.Status);
        Assert.Equal(12, _service.Done.Distinct().Count());
        Assert.Equal(12, _service.Done.Count);
        Assert.Contains(seen, batch => batch.Parts.Any(part => part is { Status: ChatBatchStatus.Waiting, Reason: "Enqueued token limit reached." }));

        // Three of four are refused at first; from then on one tries at a time, each time that another has ended.
        Assert.InRange(_service.Jobs.Count(job => job.IsQueueFull), 3, 6);
    }

    [Fact]
    public async Task WaitAsync_WithAQueueThatOthersFill_TriesSeldom()
    {
        _service.Queue = 0;
        using BatchFile file = _folder.Write(_service, ["a"]);
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);
        run.Seen = _ => _service.Queue = time.GetUtcNow() - new FakeTime().GetUtcNow() > TimeSpan.FromHours(1) ? 10 : 0;

        await BatchFolder.WaitAsync(run, time);

        Assert.InRange(_service.Jobs.Count, 5, 14);
        Assert.Single(_service.Done);
    }

    [Fact]
    public async Task WaitAsync_WithAPartThatIsUnfit_TellsItAndStartsItNoMore()
    {
        _service.Unfit = lines => lines.Any(line => line.Contains("bad", StringComparison.Ordinal)) ? "Line 2 is no JSON." : null;
        using BatchFile file = _folder.Write(_service, ["a", "bad", "c", "d"]);
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);

        await BatchFolder.WaitAsync(run, time);

        Assert.Equal(ChatBatchStatus.Failed, run.Batch.Status);
        Assert.Equal([ChatBatchStatus.Failed, ChatBatchStatus.Completed], run.Batch.Parts.Select(part => part.Status));
        Assert.Equal("Line 2 is no JSON.", run.Batch.Parts[0].Reason);
        Assert.Equal(2, _service.Jobs.Count);
    }

    [Fact]
    public async Task StartAsync_WhenTheAnswerIsLost_AdoptsTheJobAndStartsNoSecond()
    {
        _service.LoseAnswer = () => new ChatServiceException(ErrorIds.ConnectionFailed, "The connection broke off.", "Try again.", new IOException());
        using BatchFile file = _folder.Write(_service, ["a"]);
        BatchRun run = BatchFolder.Run(file, _service);

        await run.StartAsync(CancellationToken.None);

        Assert.Equal("job-1", run.Batch.Parts[0].Id);
        Assert.Single(_service.Jobs);
    }

    [Fact]
    public async Task StartAsync_WhenNobodyKnowsWhatBecameOfAPart_StartsNoOtherThatMayBeTakenForIt()
    {
        _service.Size = new BatchLimits(2, 1_000_000) { StartsOneByOne = true };
        _service.Refuse = () => new ChatServiceException(ErrorIds.ConnectionFailed, "The connection broke off.", "Try again.", new IOException());
        using BatchFile file = _folder.Write(_service, ["a", "b", "c", "d"]);

        await Assert.ThrowsAsync<ChatServiceException>(() => BatchFolder.Run(file, _service).StartAsync(CancellationToken.None));

        Assert.Empty(_service.Jobs);
        await BatchFolder.Run(file, _service).StartAsync(CancellationToken.None);
        Assert.Equal(file.State.Parts.Select(part => part.Name), _service.Jobs.Select(job => job.Name));
    }

    [Fact]
    public async Task StartAsync_WhenTheServiceRefuses_TellsWhyAndCanBeRunAgain()
    {
        _service.Refuse = () => new ChatServiceException(ErrorIds.AuthenticationFailed, "Incorrect key.", "Give another.") { StatusCode = 401 };
        using BatchFile file = _folder.Write(_service, ["a"]);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => BatchFolder.Run(file, _service).StartAsync(CancellationToken.None));

        Assert.Equal("Incorrect key.", failure.Message);
        Assert.Null(BatchFile.Read(_folder.Path).Parts[0].AskedAt);
        await BatchFolder.Run(file, _service).StartAsync(CancellationToken.None);
        Assert.Single(_service.Jobs);
        Assert.DoesNotContain("find", _service.Calls);
        Assert.Single(_service.Calls, "upload");
    }

    [Theory]
    [InlineData(400, ErrorIds.InvalidRequest)]
    [InlineData(404, ErrorIds.ModelNotFound)]
    [InlineData(413, ErrorIds.InvalidRequest)]
    [InlineData(422, ErrorIds.ContentFiltered)]
    public async Task StartAsync_WhenTheRefusalIsFinal_FailsThePartAndStartsItNoMore(int status, string errorId)
    {
        _service.Refuse = () => new ChatServiceException(errorId, "This cannot be.", "Mend it.") { StatusCode = status };
        using BatchFile file = _folder.Write(_service, ["a"]);
        BatchRun run = BatchFolder.Run(file, _service);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => run.StartAsync(CancellationToken.None));
        await run.WaitAsync(CancellationToken.None);

        Assert.Equal("This cannot be.", failure.Message);
        Assert.Equal((ChatBatchStatus.Failed, "This cannot be."), (run.Batch.Status, run.Batch.Parts[0].Reason));
        Assert.NotNull(run.Batch.EndedAt);
        Assert.Empty(_service.Jobs);
    }

    [Theory]
    [InlineData(400, ErrorIds.QuotaExceeded)]
    [InlineData(403, ErrorIds.AuthenticationFailed)]
    [InlineData(408, ErrorIds.Timeout)]
    [InlineData(409, ErrorIds.InvalidRequest)]
    [InlineData(503, ErrorIds.ServerError)]
    public async Task StartAsync_WhenTheRefusalMayPass_LeavesThePartWaiting(int status, string errorId)
    {
        _service.Refuse = () => new ChatServiceException(errorId, "Not now.", "Try later.") { StatusCode = status };
        using BatchFile file = _folder.Write(_service, ["a"]);
        BatchRun run = BatchFolder.Run(file, _service);

        await Assert.ThrowsAsync<ChatServiceException>(() => run.StartAsync(CancellationToken.None));

        Assert.Equal(ChatBatchStatus.Waiting, run.Batch.Status);
        await run.StartAsync(CancellationToken.None);
        Assert.Single(_service.Jobs);
    }

    [Fact]
    public async Task StartAsync_WhenTheServiceHasNoRoomAtOnce_Waits()
    {
        _service.Refuse = () => new ChatServiceException(ErrorIds.RateLimited, "Too many batches.", "Wait.") { StatusCode = 429 };
        using BatchFile file = _folder.Write(_service, ["a"]);
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);

        await run.StartAsync(CancellationToken.None);

        Assert.Equal(ChatBatchStatus.Waiting, run.Batch.Status);
        Assert.Equal("Too many batches.", run.Batch.Parts[0].Reason);
        await BatchFolder.WaitAsync(run, time);
        Assert.Single(_service.Done);
    }

    [Fact]
    public async Task StartAsync_WhenSeveralJobsMayBeIt_NamesThemAndStartsNone()
    {
        using BatchFile file = _folder.Write(_service, ["a"]);
        BatchPart part = file.State.Parts[0];
        file.Change(() => part.AskedAt = DateTimeOffset.UnixEpoch);
        _service.Jobs.Add(new FakeBatches.Job("one", part.Name, [], []));
        _service.Jobs.Add(new FakeBatches.Job("two", part.Name, [], []));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => BatchFolder.Run(file, _service).StartAsync(CancellationToken.None));

        Assert.Contains("one, two", failure.Message, StringComparison.Ordinal);
        Assert.Contains(part.Name, failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(2, _service.Jobs.Count);
    }

    [Fact]
    public async Task StopAsync_StopsWhatIsUnderWayAndStartsNothingMore()
    {
        using BatchFile file = _folder.Write(_service, ["a", "b", "c", "d", "e"]);
        BatchPart first = file.State.Parts[0];
        BatchPart second = file.State.Parts[1];
        file.Change(() => second.Status = ChatBatchStatus.Cancelled);
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);
        await run.StartAsync(CancellationToken.None);
        file.Change(() => second.Status = ChatBatchStatus.Waiting);

        await run.StopAsync(CancellationToken.None);
        await BatchFolder.WaitAsync(run, time);

        Assert.Equal(ChatBatchStatus.Cancelled, run.Batch.Status);
        Assert.Equal(["job-1"], _service.Jobs.Select(job => job.Id));
        Assert.Equal("job-1", first.JobId);
        Assert.Null(second.JobId);
    }

    [Fact]
    public async Task StartAsync_WithRequestsOfAnotherBatch_SendsNothing()
    {
        using BatchFile file = _folder.Write(_service, ["a"]);
        string part = file.PartPath(1);
        File.WriteAllText(part, "00000000" + File.ReadAllText(part).Substring(8));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => BatchFolder.Run(file, _service).StartAsync(CancellationToken.None));

        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Calls);
    }

    [Fact]
    public async Task StartAsync_WhenTheUploadedFileIsGone_UploadsItAgain()
    {
        using BatchFile file = _folder.Write(_service, ["a"]);
        file.Change(() => file.State.Parts[0].FileId = "gone");
        _service.Refuse = () => new ChatServiceException(ErrorIds.InvalidRequest, "No such File object: gone", "Upload it.") { StatusCode = 400 };

        await BatchFolder.Run(file, _service).StartAsync(CancellationToken.None);

        Assert.Equal(["upload", "start"], _service.Calls);
        Assert.Equal("job-1", file.State.Parts[0].JobId);
        Assert.NotEqual("gone", file.State.Parts[0].FileId);
    }

    [Fact]
    public async Task StartAsync_WhenTwoStartsGetTheSameId_IsAnErrorOfTheSecondPart()
    {
        using BatchFile file = _folder.Write(_service, ["a", "b", "c", "d"]);
        _service.OnlyId = "job-1";

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => BatchFolder.Run(file, _service).StartAsync(CancellationToken.None));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Single(file.State.Parts, part => part.JobId == "job-1");
        Assert.Single(file.State.Parts, part => part is { JobId: null, AskedAt: not null });
    }

    [Fact]
    public async Task WaitAsync_WhenResultsComeAfterTheEnd_LooksAgain()
    {
        using BatchFile file = _folder.Write(_service, ["a"]);
        _service.LateResults = 3;
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);
        await run.StartAsync(CancellationToken.None);

        await BatchFolder.WaitAsync(run, time);

        Assert.Equal(["out-job-1"], file.State.Parts[0].Results);
    }

    [Fact]
    public async Task WaitAsync_WhenResultsNeverCome_EndsAndNothingIsAskedAgainAtOnce()
    {
        using BatchFile file = _folder.Write(_service, ["a"]);
        _service.LateResults = int.MaxValue;
        FakeTime time = new();
        BatchRun run = BatchFolder.Run(file, _service, time);
        await run.StartAsync(CancellationToken.None);

        await BatchFolder.WaitAsync(run, time);

        Assert.Contains("1 answers", Assert.Throws<ChatServiceException>(run.RequireResults).Message, StringComparison.Ordinal);
        file.State.Parts[0].EndedAt -= TimeSpan.FromDays(2);
        run.RequireResults();
    }

    [Theory]
    [InlineData(int.MaxValue, 3)]
    [InlineData(-5, 0)]
    public async Task LookAsync_WithCountsThatCannotBe_KeepsWhatCan(int count, int expected)
    {
        using BatchFile file = _folder.Write(_service, ["a", "b", "c", "d"]);
        BatchRun run = BatchFolder.Run(file, _service);
        await run.StartAsync(CancellationToken.None);
        _service.Twist = job => job with { Id = "other", Completed = count, Failed = count };

        await run.LookAsync(CancellationToken.None);

        Assert.Equal((expected, expected), (run.Batch.Parts[0].Completed, run.Batch.Parts[0].Failed));
        Assert.Equal(expected == 0 ? 0 : 4, run.Batch.Completed);
        Assert.Equal(["job-1", "job-2"], file.State.Parts.Select(part => part.JobId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task StopAsync_OfAJobThatIsOnlyPresumed_LeavesItAlone()
    {
        using BatchFile file = _folder.Write(_service, ["a"]);
        BatchRun run = BatchFolder.Run(file, _service);
        await run.StartAsync(CancellationToken.None);
        file.Change(() => file.State.Parts[0].IsPresumed = true);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => run.StopAsync(CancellationToken.None));

        Assert.Contains("job-1", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("stop job-1", _service.Calls);
    }

    [Fact]
    public async Task StartAsync_WithoutTheFolder_SaysWhereToGoOn()
    {
        using BatchFile file = _folder.Write(_service, ["a"]);
        Directory.Delete(_folder.Data, recursive: true);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => BatchFolder.Run(file, _service).StartAsync(CancellationToken.None));

        Assert.Contains("part-0001.jsonl", failure.Message, StringComparison.Ordinal);
        Assert.Contains("machine", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_service.Calls);
    }
}
