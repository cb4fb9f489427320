using System.Text.Json;
using ChatPS.Client.BatchAnswers;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Tests.BatchAnswers;

namespace ChatPS.Client.Tests.Batches;

/// <summary>What has no answer is asked again, where that may go better.</summary>
public sealed class BatchRetryTests
{
    private const string Invalid = """{"error":{"message":"Unknown parameter.","type":"invalid_request_error","code":"unknown_parameter"}}""";
    private const string Busy = """{"error":{"message":"Overloaded.","type":"server_error"}}""";

    [Fact]
    public async Task Add_WhatMayGoBetter_GoesIntoNewPartsWithItsIds()
    {
        using EndedBatch batch = new(6, mostRequests: 3);
        batch.Size = new BatchLimits(2, 1_000_000);
        batch.LinesOf(1).AddRange([EndedBatch.Answer(EndedBatch.IdOf(1), "{}"), EndedBatch.Answer(EndedBatch.IdOf(2), Invalid, 400), EndedBatch.Answer(EndedBatch.IdOf(3), Busy, 503)]);
        batch.LinesOf(2).AddRange([EndedBatch.Expired(EndedBatch.IdOf(4)), EndedBatch.Answer(EndedBatch.IdOf(6), "{}")]);

        BatchRetry retry = await AddAsync(batch);

        Assert.Equal((3, 1), (retry.Requests, retry.Hopeless));
        BatchPart[] parts = [.. batch.File.State.Parts.Skip(2)];
        Assert.Equal([(3, 2, true, "m"), (4, 1, true, "m")], parts.Select(part => (part.Number, part.Requests, part.IsRetry, part.Model)));
        Assert.Equal(
            new[] { 3, 4, 5 }.Select(EndedBatch.IdOf),
            parts.SelectMany(part => File.ReadAllLines(batch.File.PartPath(part.Number))).Select(line => batch.ReadId(System.Text.Encoding.UTF8.GetBytes(line))));
        Assert.Equal(parts.Select(part => part.Bytes), parts.Select(part => new FileInfo(batch.File.PartPath(part.Number)).Length));
    }

    [Fact]
    public async Task Add_Again_AsksOnlyForWhatIsStillMissing_AndTheLaterAnswerCounts()
    {
        using EndedBatch batch = new(3);
        batch.LinesOf(1).AddRange([EndedBatch.Answer(EndedBatch.IdOf(1), "{}"), EndedBatch.Answer(EndedBatch.IdOf(2), Busy, 503), EndedBatch.Answer(EndedBatch.IdOf(3), Busy, 503)]);
        Assert.Equal(2, (await AddAsync(batch)).Requests);

        // Under way: nothing is asked twice.
        Assert.Equal(0, (await AddAsync(batch)).Requests);

        batch.End(batch.File.State.Parts[1]);
        batch.LinesOf(2).AddRange([EndedBatch.Answer(EndedBatch.IdOf(3), """{"late":3}"""), EndedBatch.Answer(EndedBatch.IdOf(2), Busy, 503)]);
        Assert.Equal(1, (await AddAsync(batch)).Requests);

        using BatchResults results = await batch.ReceiveAsync();
        Assert.Equal("""{"late":3}""", results.Read(3).Result!.Body);
        Assert.Equal(3, batch.File.State.Parts.Count);
    }

    [Fact]
    public async Task Add_WhatALaterPartTakesUp_CountsThereAlone()
    {
        using EndedBatch batch = new(3);
        batch.LinesOf(1).AddRange([EndedBatch.Answer(EndedBatch.IdOf(1), "{}"), EndedBatch.Answer(EndedBatch.IdOf(2), Invalid, 400), EndedBatch.Answer(EndedBatch.IdOf(3), Busy, 503)]);
        batch.File.State.Parts[0].Completed = 1;
        batch.File.State.Parts[0].Failed = 2;
        await AddAsync(batch);

        Assert.Equal((1, 1), (BatchMapper.ToBatch(batch.File.State, "").Completed, BatchMapper.ToBatch(batch.File.State, "").Failed));
        BatchPart second = batch.File.State.Parts[1];
        batch.End(second);
        second.Completed = 0;
        second.Failed = 1;
        batch.LinesOf(2).Add(EndedBatch.Answer(EndedBatch.IdOf(3), Busy, 503));
        Assert.Equal(2, BatchMapper.ToBatch(batch.File.State, "").Failed);

        await AddAsync(batch);
        batch.End(batch.File.State.Parts[2]);
        batch.File.State.Parts[2].Completed = 1;
        batch.LinesOf(3).Add(EndedBatch.Answer(EndedBatch.IdOf(3), "{}"));
        ChatBatch at = BatchMapper.ToBatch(batch.File.State, "");
        Assert.Equal((3, 2, 1), (at.Total, at.Completed, at.Failed));
        Assert.Equal([1, 0, null], at.Parts.Select(part => part.Failed));
    }

    [Fact]
    public async Task Add_WithoutTheRequests_SaysWhereTheyAre()
    {
        using EndedBatch batch = new(2);
        File.Delete(batch.File.PartPath(1));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AddAsync(batch));

        Assert.Contains("2 of them are not in", failure.Message, StringComparison.Ordinal);
        Assert.Single(batch.File.State.Parts);
    }

    [Fact]
    public async Task Add_APartThatWasRefusedAsAWhole_IsAskedAgain()
    {
        using EndedBatch batch = new(2);
        batch.File.State.Parts[0].Status = ChatBatchStatus.Failed;
        batch.File.State.Parts[0].Results = [];

        Assert.Equal(2, (await AddAsync(batch)).Requests);
    }

    [Fact]
    public async Task Add_AnAnswerThatIsOfNoUse_IsAskedAgain()
    {
        using EndedBatch batch = new(4);
        batch.File.State.Output = JsonDocument.Parse("""{"schema":{"name":"answer","schema":{"type":"object","properties":{"age":{"type":"integer"}},"required":["age"]}}}""").RootElement;
        batch.LinesOf(1).AddRange(
        [
            EndedBatch.Answer(EndedBatch.IdOf(1), Engine.Answer("""{"age":7}""")), EndedBatch.Answer(EndedBatch.IdOf(2), """{"choices":5}"""),
            EndedBatch.Answer(EndedBatch.IdOf(3), "[]"), EndedBatch.Answer(EndedBatch.IdOf(4), Engine.Answer("""{"age":"old"}""")),
        ]);
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));

        BatchRetry retry = await AddAsync(batch, new BatchReader(connection, batch.File.State, CallSettings.None).FailureOf);

        Assert.Equal((3, 0), (retry.Requests, retry.Hopeless));
    }

    [Fact]
    public async Task Add_WhileTheServiceGivesSomethingElse_PaysForNothing()
    {
        using EndedBatch batch = new(3, mostRequests: 2);
        batch.File.State.Parts[0].Completed = 2;
        batch.LinesOf(2).Add(EndedBatch.Expired(EndedBatch.IdOf(3)));
        batch.Instead = result => result == "out-1" ? "<html>" : null;

        BatchRetry retry = await AddAsync(batch);

        Assert.Equal(1, retry.Requests);
        Assert.Contains("part 1", retry.Withheld!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_ResultsThatAreGone_AreAskedForAgain()
    {
        using EndedBatch batch = new(3, mostRequests: 2);
        batch.File.State.Parts[0].Completed = 2;
        batch.LinesOf(2).Add(EndedBatch.Answer(EndedBatch.IdOf(3), "{}"));
        batch.Instead = result => result == "out-1" ? throw new ChatServiceException(ErrorIds.InvalidRequest, "No such file.", "Look.") { StatusCode = 404 } : null;

        using (BatchResults results = await batch.ReceiveAsync())
        {
            Assert.True(results.Read(3).IsAnswer);
            Assert.Contains("are gone", results.Read(1).Trouble!.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await AddAsync(batch)).Requests);
    }

    private static async Task<BatchRetry> AddAsync(EndedBatch batch, Func<BatchOutcome, ChatServiceException?>? read = null)
    {
        using BatchResults results = await batch.ReceiveAsync();
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));
        BatchRetry retry = new(batch.File, connection, batch);
        retry.Add(results, read ?? (_ => null));
        return retry;
    }
}
