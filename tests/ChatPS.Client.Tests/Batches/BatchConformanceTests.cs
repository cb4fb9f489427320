using System.Text;
using System.Text.Json;
using ChatPS.Client.Batches;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Sandbox;
using ChatPS.Sandbox.Play;

namespace ChatPS.Client.Tests.Batches;

/// <summary>What the batches of every vendor must do, against the sandbox.</summary>
public sealed class BatchConformanceTests
{
    public static TheoryData<string> All => BatchEngineCases.Names();

    public static TheoryData<string> Uploading => BatchEngineCases.NamesWhere(one => one.Uploads);

    public static TheoryData<string> Expiring => BatchEngineCases.NamesWhere(one => one is { Expires: true, KeepsLabels: true });

    public static TheoryData<string> Mixing => BatchEngineCases.NamesWhere(one => one.MixesResults);

    public static TheoryData<string> Queueing => BatchEngineCases.NamesWhere(one => one.HasQueue);

    [Theory]
    [MemberData(nameof(All))]
    public void Engine_Always_TakesWhatItIsAskedAndTellsItsLimits(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));

        Assert.True(desk.Engine.Takes(desk.Case.Kind));
        BatchLimits limits = desk.Engine.Limits(desk.Case.Kind);
        Assert.InRange(limits.Requests, 1_000, 1_000_000);
        Assert.InRange(limits.Bytes, 1_000_000, 3_000_000_000);
        Assert.InRange(limits.Pause, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Lines_Written_AreJsonWithIdAndBody(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchOrder order = desk.Write("part", "eins", "zwei\nZeilen", "日本 \" \\");

        byte[] bytes = File.ReadAllBytes(order.Path);
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');

        Assert.Equal((byte)'{', bytes[0]);
        Assert.Equal("", lines[^1]);
        Assert.Equal(["r-1", "r-2", "r-3"], lines[..^1].Select(line => desk.Engine.ReadId(Encoding.UTF8.GetBytes(line))));
        string live = Encoding.UTF8.GetString(desk.Body("eins"));
        Assert.Contains(desk.Case.ModelInAddress ? live.Replace(",\"model\":\"sandbox-mini\"", "", StringComparison.Ordinal) : live, lines[0], StringComparison.Ordinal);
        Assert.All(lines[..^1], line => JsonDocument.Parse(line).Dispose());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Batch_OfAllOutcomes_TellsEachById(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));

        BatchJob job = await desk.WaitAsync(await desk.RunAsync(desk.Write("part", "eins", "zwei [fail]", "drei [expire]", "vier [lose]", "fünf")));
        IReadOnlyDictionary<string, BatchResult> results = await desk.ResultsAsync(job);

        Assert.Equal(ChatBatchStatus.Completed, job.Status);
        Assert.NotNull(job.CreatedAt);
        Assert.NotNull(job.EndedAt);
        Assert.Equal(("You said: eins", 200), (desk.TextOf(results["r-1"]), results["r-1"].StatusCode));
        Assert.Equal("You said: fünf", desk.TextOf(results["r-5"]));
        Assert.InRange(results["r-2"].StatusCode, 0, 499);
        Assert.NotEqual(200, results["r-2"].StatusCode);
        Assert.Contains("error", results["r-2"].Body, StringComparison.Ordinal);
        Assert.Null(results["r-2"].NotRun);
        Assert.False(results.ContainsKey("r-4"));
        if (desk.Case.TellsSingleExpiry)
        {
            Assert.Equal(ChatBatchStatus.Expired, results["r-3"].NotRun);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Batch_WhileItIsWorkedOn_TellsHowFarItIs(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchJob job = await desk.RunAsync(desk.Write("part", "eins", "zwei"));
        List<ChatBatchStatus> seen = [job.Status];
        while (!BatchDesk.IsDone(job))
        {
            Assert.NotNull(job.PollAfter ?? TimeSpan.Zero);
            Assert.Null(job.EndedAt);
            job = await desk.LookAsync(job.Id);
            seen.Add(job.Status);
        }

        Assert.Equal(ChatBatchStatus.Completed, seen[^1]);
        Assert.Contains(ChatBatchStatus.InProgress, seen);
        Assert.Equal(2, job.Total);
        Assert.Equal(job.Id, JsonId(job.Raw));
    }

    [Theory]
    [MemberData(nameof(Mixing))]
    public async Task Results_OfEveryBatch_ComeInAnotherOrder(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchJob job = await desk.WaitAsync(await desk.RunAsync(desk.Write("part", "eins", "zwei", "drei", "vier")));

        string?[] ids = [.. (await desk.LinesAsync(job)).Select(line => desk.Engine.ReadId(line))];

        Assert.Equal(["r-1", "r-2", "r-3", "r-4"], ids.Order(StringComparer.Ordinal));
        Assert.NotEqual(["r-1", "r-2", "r-3", "r-4"], ids);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Line_Damaged_IsNoResult(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchJob job = await desk.WaitAsync(await desk.RunAsync(desk.Write("part", "eins", "zwei")));
        byte[] line = (await desk.LinesAsync(job))[0];

        Assert.All(Enumerable.Range(0, line.Length - 1), length => Assert.Null(desk.Engine.Read(line.AsSpan(0, length))));
        Assert.All(["", "null", "[]", "{}", "\"r-1\"", "x", "\uFEFF{}", "{\"custom_id\":5}", "{\"custom_id\":\"\",\"response\":null}"], text =>
        {
            Assert.Null(desk.Engine.Read(Encoding.UTF8.GetBytes(text)));
            Assert.True(desk.Engine.ReadId(Encoding.UTF8.GetBytes(text)) is null or "");
        });
        Assert.NotNull(desk.Engine.Read(line));
    }

    [Theory]
    [MemberData(nameof(Uploading))]
    public async Task Upload_OfAPartThatIsThere_IsNotSentAgain(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchOrder order = desk.Write("part", "eins");
        string? first = (await desk.UploadAsync(order)).FileId;
        long sent = 0;

        string? second = (await desk.UploadAsync(order with { Sent = (bytes, _) => sent = bytes })).FileId;
        string? other = (await desk.UploadAsync(desk.Write("other", "eins"))).FileId;

        Assert.NotNull(first);
        Assert.Equal((first, 0), (second, sent));
        Assert.NotEqual(first, other);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Find_AfterAnAnswerThatNobodyHeard_TellsTheJob(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchOrder first = await desk.UploadAsync(desk.Write("first", "eins"));
        BatchOrder second = await desk.UploadAsync(desk.Write("second", "zwei", "drei"));

        Assert.Empty(await desk.FindAsync(first));
        string one = (await desk.StartAsync(first)).Id;
        string two = (await desk.StartAsync(second)).Id;

        Assert.Equal([one], (await desk.FindAsync(first, two)).Select(job => job.Id));
        Assert.Equal([two], (await desk.FindAsync(second, one)).Select(job => job.Id));
        Assert.Empty(await desk.FindAsync(first, one, two));
        if (desk.Case.KeepsNames)
        {
            Assert.Equal([one], (await desk.FindAsync(first)).Select(job => job.Id));
            Assert.Equal("first", (await desk.LookAsync(one)).Name);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task List_OfJobs_TellsTheYoungestFirst(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        List<string> ids = [];
        for (int number = 1; number <= 3; number++)
        {
            ids.Insert(0, (await desk.RunAsync(desk.Write("part" + number, "eins"))).Id);
        }

        List<BatchJob> all = await Engine.CollectAsync(desk.Engine.ListAsync(desk.Connection, null, CallSettings.None, CancellationToken.None));
        List<BatchJob> two = await Engine.CollectAsync(desk.Engine.ListAsync(desk.Connection, 2, CallSettings.None, CancellationToken.None));

        Assert.Equal(ids, all.Select(job => job.Id));
        Assert.Equal(ids[..2], two.Select(job => job.Id));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Stop_InTheMiddle_EndsItAndKeepsWhatIsDone(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchJob job = await desk.RunAsync(desk.Write("part", "eins", "zwei", "drei", "vier"));
        await desk.LookAsync(job.Id);
        await desk.LookAsync(job.Id);

        BatchJob stopped = await desk.Engine.StopAsync(desk.Connection, job.Id, CallSettings.None, CancellationToken.None);
        BatchJob ended = await desk.WaitAsync(stopped);
        IReadOnlyDictionary<string, BatchResult> results = await desk.ResultsAsync(ended);

        Assert.True(stopped.Status is ChatBatchStatus.Cancelling or ChatBatchStatus.Cancelled, stopped.Status.ToString());
        Assert.Equal(ChatBatchStatus.Cancelled, ended.Status);
        Assert.Contains(results.Values, result => result.StatusCode == 200);
        Assert.All(results.Values.Where(result => result.StatusCode != 200), result => Assert.Equal(ChatBatchStatus.Cancelled, result.NotRun));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Stop_OfWhatHasEnded_LeavesItAsItIs(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchJob job = await desk.WaitAsync(await desk.RunAsync(desk.Write("part", "eins")));

        BatchJob stopped = await desk.Engine.StopAsync(desk.Connection, job.Id, CallSettings.None, CancellationToken.None);

        Assert.Equal(ChatBatchStatus.Completed, stopped.Status);
    }

    [Theory]
    [MemberData(nameof(Expiring))]
    public async Task Batch_WhoseTimeRunsOut_HasResultsOfWhatWasDone(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));
        BatchOrder order = desk.Write("part", "eins", "zwei", "drei", "vier") with { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["mode"] = "[expire]" } };

        BatchJob job = await desk.WaitAsync(await desk.RunAsync(order));
        IReadOnlyDictionary<string, BatchResult> results = await desk.ResultsAsync(job);

        Assert.Equal(ChatBatchStatus.Expired, job.Status);
        Assert.Equal((2, 2), (results.Values.Count(result => result.StatusCode == 200), results.Values.Count(result => result.NotRun == ChatBatchStatus.Expired)));
    }

    [Theory]
    [MemberData(nameof(Queueing))]
    public async Task Queue_ThatIsFull_TakesThePartLater(string name)
    {
        string prompt = new('x', 400);
        using BatchDesk desk = new(BatchEngineCases.Of(name), new SandboxOptions { Limits = new SandboxLimits { BatchQueueTokens = 250 } });
        BatchJob first = await desk.RunAsync(desk.Write("first", prompt));
        first = await desk.LookAsync(first.Id);
        BatchOrder order = await desk.UploadAsync(desk.Write("second", prompt));

        BatchJob refused = await desk.StartAsync(order);
        refused = refused.Id.Length > 0 ? await desk.WaitAsync(refused) : refused;
        await desk.WaitAsync(first);
        BatchJob taken = await desk.WaitAsync(await desk.StartAsync(order));

        Assert.Equal((ChatBatchStatus.Failed, true), (refused.Status, refused.IsQueueFull));
        Assert.NotEmpty(refused.Reason!);
        Assert.Equal((ChatBatchStatus.Completed, false), (taken.Status, taken.IsQueueFull));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Part_AboveTheLimit_IsRefusedWithAReason(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name), new SandboxOptions { Limits = new SandboxLimits { BatchRequests = 2 } });
        BatchOrder order = desk.Write("part", "eins", "zwei", "drei");

        string? reason;
        try
        {
            BatchJob job = await desk.WaitAsync(await desk.RunAsync(order));
            Assert.Equal((ChatBatchStatus.Failed, false), (job.Status, job.IsQueueFull));
            reason = job.Reason;
        }
        catch (ChatServiceException failure)
        {
            Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
            reason = failure.Message;
        }

        Assert.Contains("3", reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Job_ThatIsNotThere_IsAnErrorThatSaysWhatToCheck(string name)
    {
        using BatchDesk desk = new(BatchEngineCases.Of(name));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => desk.LookAsync("nobody-1"));

        Assert.Contains("id", failure.RecommendedAction, StringComparison.OrdinalIgnoreCase);
    }

    private static string? JsonId(string raw)
    {
        using JsonDocument document = JsonDocument.Parse(raw);
        return document.RootElement.TryGetProperty("id", out JsonElement id) ? id.GetString() : document.RootElement.GetProperty("name").GetString();
    }
}
