using ChatPS.Client.Batches;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Tests.BatchAnswers;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Batches;

/// <summary>Whatever the service gives, and in whatever order: each request comes out once, with what belongs to it.</summary>
public sealed class BatchResultsTests
{
    private enum Fate
    {
        Answered,
        Twice,
        Missing,
        Damaged,
    }

    [Fact]
    public void Read_AnyOrderWithDoubledDamagedForeignAndMissingLines_GivesEachRequestItsOwn() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(
            Arb.From(
                from fates in Gen.Elements(Fate.Answered, Fate.Answered, Fate.Answered, Fate.Twice, Fate.Missing, Fate.Damaged).Several(1, 24)
                from size in Gen.Choose(1, 10)
                from seed in Gen.Choose(0, int.MaxValue)
                from foreign in Gen.Choose(0, 2)
                select (Fates: fates, Size: size, Seed: seed, Foreign: foreign)),
            async sample =>
            {
                using EndedBatch batch = new(sample.Fates.Count, sample.Size);
                Random random = new(sample.Seed);
                for (int number = 1; number <= sample.Fates.Count; number++)
                {
                    List<string> lines = batch.LinesOf(((number - 1) / sample.Size) + 1);
                    string line = EndedBatch.Answer(EndedBatch.IdOf(number), $$"""{"answer":{{number}}}""");
                    switch (sample.Fates[number - 1])
                    {
                        case Fate.Answered: lines.Add(line); break;
                        case Fate.Twice: lines.AddRange([line, line]); break;
                        case Fate.Damaged: lines.Add(line.Substring(0, random.Next(1, 10))); break;
                    }
                }

                for (int part = 1; part <= batch.File.State.Parts.Count; part++)
                {
                    List<string> lines = batch.LinesOf(part);
                    lines.AddRange(Enumerable.Range(0, sample.Foreign).Select(place => EndedBatch.Answer(place == 0 ? "theirs" : "00000000-1-" + EndedBatch.KeyOf(1), "{}")));
                    string[] shuffled = [.. lines.OrderBy(_ => random.Next())];
                    lines.Clear();
                    lines.AddRange(shuffled);
                }

                using BatchResults results = await batch.ReceiveAsync();
                foreach (bool asTheyLie in new[] { false, true })
                {
                    int[] numbers = [.. results.Numbers(asTheyLie)];
                    Assert.Equal(Enumerable.Range(1, sample.Fates.Count), asTheyLie ? numbers.Order() : numbers);
                    foreach (int number in numbers)
                    {
                        BatchOutcome outcome = results.Read(number);
                        bool isAnswered = sample.Fates[number - 1] is Fate.Answered or Fate.Twice;
                        Assert.Equal(isAnswered ? $$"""{"answer":{{number}}}""" : null, outcome.Result?.Body);
                        Assert.Equal(isAnswered, outcome.IsAnswer);
                        Assert.Equal(((number - 1) / sample.Size) + 1, outcome.Part!.Number);
                        Assert.Equal(Engine.Json($"item {number}"), results.ReadInput(number)!.Input);
                    }
                }

                Assert.Equal(
                    (sample.Fates.Count(fate => fate == Fate.Damaged), sample.Fates.Count(fate => fate == Fate.Twice), sample.Foreign * batch.File.State.Parts.Count),
                    (results.Damaged, results.Repeated, results.Foreign));
            }));

    [Fact]
    public async Task Fetch_WhatIsThere_IsNotFetchedAgain()
    {
        using EndedBatch batch = new(4, mostRequests: 2);
        for (int number = 1; number <= 4; number++)
        {
            batch.LinesOf((number + 1) / 2).Add(EndedBatch.Answer(EndedBatch.IdOf(number), "{}"));
        }

        (await batch.ReceiveAsync()).Dispose();
        (await batch.ReceiveAsync()).Dispose();
        Assert.Equal(2, batch.Downloads);

        // What a kill leaves behind is no result, and does not stay.
        string path = batch.File.ResultPath(2, 1);
        File.Move(path, $"{path}.{Guid.NewGuid():N}.tmp");
        (await batch.ReceiveAsync()).Dispose();

        Assert.Equal(3, batch.Downloads);
        Assert.DoesNotContain(Directory.GetFiles(batch.File.Folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("""{"error":{"message":"Later."}}""")]
    [InlineData("")]
    public async Task Fetch_SomethingElseThanResults_IsNotKept_AndHoldsUpNoOtherPart(string bad)
    {
        using EndedBatch batch = new(2, mostRequests: 1);
        batch.File.State.Parts[0].Completed = 1;
        batch.LinesOf(1).Add(EndedBatch.Answer(EndedBatch.IdOf(1), "{}"));
        batch.LinesOf(2).Add(EndedBatch.Answer(EndedBatch.IdOf(2), "{}"));
        batch.Instead = result => result == "out-1" ? bad : null;
        using (BatchResults results = await batch.ReceiveAsync())
        {
            Assert.Contains("tells of none of its requests", results.Read(1).Trouble!.Message, StringComparison.Ordinal);
            Assert.True(results.Read(2).IsAnswer);
        }

        batch.Instead = null;
        using BatchResults again = await batch.ReceiveAsync();

        Assert.True(again.Read(1).IsAnswer);
        Assert.Null(again.Read(1).Trouble);
    }

    [Fact]
    public async Task Fetch_HalfOfTheResults_AsksOnceMore_AndKeepsTheBetterOnes()
    {
        using EndedBatch batch = new(3);
        string[] lines = [.. Enumerable.Range(1, 3).Select(number => EndedBatch.Answer(EndedBatch.IdOf(number), "{}"))];
        batch.LinesOf(1).AddRange(lines);
        batch.Instead = _ => batch.Downloads == 1 ? lines[0] + "\n" + lines[1] + "\n" + lines[2].Substring(0, 9) : batch.Downloads == 2 ? lines[0] : null;
        using (BatchResults half = await batch.ReceiveAsync())
        {
            Assert.True(half.Read(2).IsAnswer);
            Assert.Null(half.Read(3).Result);
        }

        using BatchResults whole = await batch.ReceiveAsync();
        (await batch.ReceiveAsync()).Dispose();

        Assert.True(whole.Read(3).IsAnswer);
        Assert.Equal(3, batch.Downloads);
    }

    [Fact]
    public async Task Read_AnswersUnderTheKeysOfOthers_AreNobodys()
    {
        using EndedBatch batch = new(3);
        batch.LinesOf(1).AddRange(
        [
            EndedBatch.Answer(new BatchRequestId("k3f9a2c1", 1, EndedBatch.KeyOf(2), 1).ToString(), "{}"), EndedBatch.Answer(EndedBatch.IdOf(2) + "-2", "{}"),
            EndedBatch.Answer(EndedBatch.IdOf(3), "{}"),
        ]);

        using BatchResults results = await batch.ReceiveAsync();

        Assert.Equal(2, results.Foreign);
        Assert.Equal([false, false, true], new[] { 1, 2, 3 }.Select(number => results.Read(number).IsAnswer));
    }

    [Fact]
    public async Task ReadInput_DamagedLines_AreToldAndNoInput()
    {
        using EndedBatch batch = new(4);
        string[] lines = File.ReadAllLines(batch.File.InputsPath);
        File.WriteAllLines(batch.File.InputsPath, ["""{"n":1}""", lines[1].Substring(0, lines[1].Length - 3), "\0\0", lines[3]]);

        using BatchResults results = await batch.ReceiveAsync();

        Assert.Equal(3, results.DamagedInputs);
        Assert.Equal([true, true, true, false], Enumerable.Range(1, 4).Select(number => results.ReadInput(number) is null));
    }

    [Fact]
    public async Task Read_PartsThatAreUnderWay_HaveNothingYet()
    {
        using EndedBatch batch = new(4, mostRequests: 2);
        batch.LinesOf(1).Add(EndedBatch.Answer(EndedBatch.IdOf(2), "{}"));
        batch.File.State.Parts[1].Status = ChatBatchStatus.InProgress;

        using BatchResults results = await batch.ReceiveAsync();

        Assert.DoesNotContain("results-0002-1.jsonl", Directory.GetFiles(batch.File.Folder).Select(Path.GetFileName));
        Assert.True(results.Read(2).IsAnswer);
        Assert.Null(results.Read(3).Result);
        Assert.Equal(2, results.Read(3).Part!.Number);
    }

    [Fact]
    public void Take_AResult_CountsOnceForEachPart()
    {
        using EndedBatch batch = new(300);
        using (ReceivedResults received = ReceivedResults.Open(batch.File))
        {
            Assert.True(received.Take(300, 1));
            Assert.False(received.Take(300, 1));
        }

        using ReceivedResults again = ReceivedResults.Open(batch.File);
        Assert.False(again.Take(300, 1));
        Assert.True(again.Take(300, 258));
        Assert.True(again.Take(1, 1));
    }
}
