using ChatPS.Client.Batches;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Batches;

/// <summary>However often the process is killed, and wherever: no request is lost, none is sent twice.</summary>
public sealed class BatchPropertyTests
{
    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(25);

    private static readonly Gen<(string[] Prompts, int[] Kills, int Queue)> Nights =
        from prompts in Gen.Elements("a", "b", "other/a", "third/c").ArrayOf()
        from kills in Gen.Choose(0, 40).ArrayOf()
        from queue in Gen.Elements(3, 6, int.MaxValue)
        select (prompts, kills, queue);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batch_KilledAtEachPoint_LosesNothingAndSendsNothingTwice(bool startsOneByOne)
    {
        string[] prompts = ["a", "b", "a", "c", "other/a", "d", "a"];
        int point = 0;
        while (!Night(prompts, [point], int.MaxValue, startsOneByOne))
        {
            point++;
        }

        // Seven lines to write; three parts to upload, to start, and to look at until they have ended, each with a point before and after.
        Assert.InRange(point, 7 + (3 * 2 * 5), 100);
    }

    [Fact]
    public void Batch_KilledAgainAndAgain_LosesNothingAndSendsNothingTwice() =>
        Check.One(Settings, Prop.ForAll(Arb.From(Nights), night => { Night(night.Prompts, night.Kills, night.Queue, startsOneByOne: false); }));

    // Gives whether the first process came through alive.
    private static bool Night(string[] prompts, int[] kills, int queue, bool startsOneByOne)
    {
        using BatchFolder folder = new();
        FakeBatches service = new() { Queue = queue, Size = new BatchLimits(3, 1_000_000) { StartsOneByOne = startsOneByOne } };
        FakeTime time = new();
        bool isFirst = true;
        bool lived = false;
        foreach (int? kill in kills.Select(kill => (int?)kill).Append(null))
        {
            service.Revive(kill);
            try
            {
                Process(folder, service, prompts, time);
                lived |= isFirst;
            }
            catch (FakeBatches.KilledException)
            {
                // The next one goes on.
            }

            isFirst = false;
        }

        BatchState state = BatchFile.Read(folder.Path);
        Assert.Equal(ChatBatchStatus.Completed, BatchMapper.StatusOf(state));
        Assert.Equal(prompts.Length, state.Requests);

        // Each once, under the ids of the batch as it is on the disk, which tell a place for each.
        Assert.Equal(Enumerable.Range(1, prompts.Length), service.Done.Select(id => BatchRequestId.TryParse(id, out BatchRequestId read) && read.Batch == state.Id ? read.Number : 0).Order());
        Assert.Equal(prompts.Length, service.Done.Select(id => id[(id.IndexOf('-', id.IndexOf('-', StringComparison.Ordinal) + 1) + 1)..]).Distinct().Count());
        Assert.Equal(state.Parts.Count, service.Jobs.Count(job => !job.IsQueueFull));
        return lived;
    }

    private static void Process(BatchFolder folder, FakeBatches service, string[] prompts, FakeTime time)
    {
        using BatchFile file = File.Exists(folder.Path) && BatchFile.Read(folder.Path).IsWritten ? BatchFile.Open(folder.Path) : folder.Write(service, prompts);
        BatchRun run = BatchFolder.Run(file, service, time);
        run.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        BatchFolder.WaitAsync(run, time).GetAwaiter().GetResult();
    }
}
