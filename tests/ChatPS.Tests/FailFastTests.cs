using ChatPS.Client.Faults;
using ChatPS.Scheduling;

namespace ChatPS.Tests;

/// <summary>A run ends where going on would cost time or money for nothing, once, and with what is paid for.</summary>
public sealed class FailFastTests
{
    private readonly RecordingSink _sink = new();

    [Theory]
    [InlineData(ErrorIds.AuthenticationFailed)]
    [InlineData(ErrorIds.QuotaExceeded)]
    public void Run_FirstOfSeveralMeetsWhatAllWouldMeet_EndsOnceWithWhatIsUnderWay(string errorId)
    {
        Scheduler run = Begin();

        ChatServiceException end = Assert.Throws<ChatServiceException>(() =>
        {
            Fail(run, errorId, 20);
            run.FinishAll();
        });

        Assert.Equal(errorId, end.ErrorId);
        Assert.Contains("because of it", end.Message, StringComparison.Ordinal);
        Assert.Contains("The run was ended; 0 answers are there.", end.Message, StringComparison.Ordinal);
        Assert.StartsWith("mend it", end.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-MaxFailure 0", end.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_sink.Failures);
    }

    [Fact]
    public void Run_EightUnderWayWithAWrongKey_GivesOneErrorAndTheAnswersThatCame()
    {
        Scheduler run = Begin();
        TaskCompletionSource<object?> late = new();
        run.Run(0, (_, _) => late.Task);
        for (int i = 1; i < 7; i++)
        {
            run.Run(i, (_, _) => Task.FromException<object?>(Failure(ErrorIds.AuthenticationFailed)));
        }

        run.Run(7, (_, _) => Task.FromException<object?>(Failure(ErrorIds.Timeout)));
        late.SetResult("paid for");

        ChatServiceException end = Assert.Throws<ChatServiceException>(run.FinishAll);

        Assert.Equal(ErrorIds.AuthenticationFailed, end.ErrorId);
        Assert.Equal(["paid for"], _sink.Objects);
        Assert.Equal([(ErrorIds.Timeout, (object?)7)], _sink.Failures);
        Assert.Contains("1 answer is there", end.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Run_OnlyItem_FailsAsItself(int mostAtOnce)
    {
        Scheduler run = Begin(mostAtOnce: mostAtOnce);
        run.Run("only", (_, _) => Task.FromException<object?>(Failure(ErrorIds.AuthenticationFailed)));

        run.FinishAll();

        Assert.Equal([(ErrorIds.AuthenticationFailed, (object?)"only")], _sink.Failures);
    }

    [Fact]
    public void Run_OneAtATime_SecondItemIsNotSent()
    {
        Scheduler run = Begin(mostAtOnce: 1);
        bool wasSent = false;
        run.Run(0, (_, _) => Task.FromException<object?>(Failure(ErrorIds.AuthenticationFailed)));

        Assert.Throws<ChatServiceException>(() => run.Run(1, (_, _) =>
        {
            wasSent = true;
            return Task.FromResult<object?>(null);
        }));

        Assert.False(wasSent);
    }

    [Fact]
    public void Run_TenUnreachedInARow_Ends()
    {
        Scheduler run = Begin();

        ChatServiceException end = Assert.Throws<ChatServiceException>(() => Fail(run, ErrorIds.ConnectionFailed, 20));

        Assert.Equal(ErrorIds.ConnectionFailed, end.ErrorId);
        Assert.StartsWith("10 requests in a row did not reach the service.", end.Message, StringComparison.Ordinal);
        Assert.Equal(9, _sink.Failures.Count);
    }

    [Fact]
    public void Run_AnAnswerBetweenUnreachedOnes_GoesOn()
    {
        Scheduler run = Begin();
        for (int i = 0; i < 5; i++)
        {
            Fail(run, ErrorIds.ConnectionFailed, 9);
            run.Run("there", (_, _) => Task.FromResult<object?>("answer"));
        }

        run.FinishAll();

        Assert.Equal((5, 45), (run.Done, run.Failed));
    }

    [Fact]
    public void Run_RequestOfManyItemsUnreached_CountsOnceInTheRow()
    {
        Scheduler run = Begin();
        ChatServiceException failure = Failure(ErrorIds.ConnectionFailed);
        run.Run(null, (output, _) =>
        {
            for (int i = 0; i < 32; i++)
            {
                output.Fail(i, failure);
            }

            return Task.FromResult<object?>(null);
        }, 32);

        run.FinishAll();

        Assert.Equal(32, _sink.Failures.Count);
    }

    [Fact]
    public void Run_RequestOfManyItemsWithAWrongKey_IsOneError()
    {
        Scheduler run = Begin();
        ChatServiceException failure = Failure(ErrorIds.AuthenticationFailed);
        run.Run(null, (output, _) =>
        {
            for (int i = 0; i < 32; i++)
            {
                output.Fail(i, failure);
            }

            return Task.FromResult<object?>(null);
        }, 32);

        Assert.Throws<ChatServiceException>(run.FinishAll);

        Assert.Empty(_sink.Failures);
        Assert.Equal(ErrorIds.AuthenticationFailed, _sink.End!.ErrorId);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0.5, 10)]
    [InlineData("20%", 10)]
    [InlineData("3", 3)]
    public void Run_AsManyFailAsMay_Ends(object most, int failures)
    {
        Scheduler run = Begin(most, mostAtOnce: 1);

        ChatServiceException end = Assert.Throws<ChatServiceException>(() => Fail(run, ErrorIds.ServerError, 30));

        Assert.Equal(ErrorIds.TooManyFailures, end.ErrorId);
        Assert.Equal(failures, _sink.Failures.Count);
        Assert.Contains("because of it", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OneMayFail_EndsAtTheSecondItemAndLeavesAnOnlyOne()
    {
        Scheduler only = Begin(1, mostAtOnce: 1);
        Fail(only, ErrorIds.ServerError, 1);
        only.FinishAll();
        Scheduler several = Begin(1, mostAtOnce: 1);

        Assert.Equal(ErrorIds.TooManyFailures, Assert.Throws<ChatServiceException>(() => Fail(several, ErrorIds.ServerError, 2)).ErrorId);

        Assert.Equal(2, _sink.Failures.Count);
    }

    [Fact]
    public void Run_ShareIsReachedAtTheEndOfAFew_Ends()
    {
        Scheduler run = Begin(0.5);
        run.Run(0, (_, _) => Task.FromResult<object?>("answer"));
        Fail(run, ErrorIds.ServerError, 1);

        Assert.Equal(ErrorIds.TooManyFailures, Assert.Throws<ChatServiceException>(run.FinishAll).ErrorId);
    }

    [Fact]
    public void Run_ShareIsNotReached_GoesOn()
    {
        Scheduler run = Begin("20%");
        for (int i = 0; i < 10; i++)
        {
            for (int j = 0; j < 9; j++)
            {
                run.Run(j, (_, _) => Task.FromResult<object?>("answer"));
            }

            Fail(run, ErrorIds.ServerError, 1);
        }

        run.FinishAll();

        Assert.Equal((90, 10), (run.Done, run.Failed));
    }

    [Theory]
    [InlineData(ErrorIds.AuthenticationFailed)]
    [InlineData(ErrorIds.ConnectionFailed)]
    public void Run_Never_NoFailureEndsIt(string errorId)
    {
        Scheduler run = Begin(0);
        Fail(run, errorId, 30);

        run.FinishAll();

        Assert.Equal(30, _sink.Failures.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1.5)]
    [InlineData("100%")]
    [InlineData("-5%")]
    [InlineData("many")]
    [InlineData("")]
    public void Read_WhatCannotBe_SaysSo(object given)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => MaxFailure.Read(given));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains($"-MaxFailure is '{FormattableString.Invariant($"{given}")}'", failure.Message, StringComparison.Ordinal);
    }

    private static ChatServiceException Failure(string errorId) => new(errorId, "because of it", "mend it.");

    private static void Fail(Scheduler run, string errorId, int times)
    {
        for (int i = 0; i < times; i++)
        {
            run.Run(i, (_, _) => Task.FromException<object?>(Failure(errorId)));
        }
    }

    private Scheduler Begin(object? most = null, int mostAtOnce = 8) =>
        new(_sink, mostAtOnce, asCompleted: false, CancellationToken.None) { MaxFailure = most is null ? MaxFailure.Default : MaxFailure.Read(most) };
}
