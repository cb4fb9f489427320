using ChatPS.Client.Connections;
using ChatPS.Scheduling;

namespace ChatPS.Tests;

/// <summary>How far tasks are that a run waits for, in words and in percent.</summary>
public sealed class WaitingTasksTests
{
    [Fact]
    public void Describe_NoTaskIsWaitedFor_TellsNothing() => Assert.Null(WaitingTasks.Describe([null, new CallWatch()], 3));

    [Fact]
    public void Describe_Tasks_TellsHowManyAreDoneAndHowFarTheOthersAre() => Assert.Equal(
        new WaitingTasks("3 of 6 done; mj2 37 %, mj3 in queue, mj4 running", 56),
        WaitingTasks.Describe(
            [
                Seen("mj1", ChatGenerationStatus.Succeeded, 100),
                Seen("mj2", ChatGenerationStatus.Running, 37),
                Seen("mj3", ChatGenerationStatus.NotStarted, null),
                Seen("mj4", ChatGenerationStatus.Running, null),
            ],
            finished: 2));

    [Fact]
    public void Describe_ManyTasks_NamesThreeAndCountsTheRest() => Assert.Equal(
        "0 of 100 done; mj0 10 %, mj1 10 %, mj2 10 % and 97 more",
        WaitingTasks.Describe(Enumerable.Range(0, 100).Select(number => Seen($"mj{number}", ChatGenerationStatus.Running, 10)), finished: 0)?.Status);

    [Fact]
    public void Describe_IdOfTheService_SteersNoTerminal() =>
        Assert.Equal("0 of 1 done; a\uFFFD[31mb 5 %", WaitingTasks.Describe([Seen("a\u001b[31mb", ChatGenerationStatus.Running, 5)], finished: 0)?.Status);

    [Fact]
    public void Describe_WhatNeedsInputOrHasFailed_IsDone() =>
        Assert.Equal(new WaitingTasks("2 of 2 done", 100), WaitingTasks.Describe([Seen("a", ChatGenerationStatus.NeedsInput, 0), Seen("b", ChatGenerationStatus.Failed, 20)], finished: 0));

    private static CallWatch Seen(string id, ChatGenerationStatus status, double? progress)
    {
        CallWatch watch = new();
        watch.Sees(new ChatGeneration { Id = id, Status = status, Progress = progress });
        return watch;
    }
}
