using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Runs;

public sealed class BudgetTests
{
    private static readonly PriceTable Prices = new([new ModelPrice("m", 1_000_000, 2_000_000) { Cached = 500_000 }]);

    [Fact]
    public async Task Reserve_Fits_IsGrantedAtOnce()
    {
        Budget budget = new(100, null, null);

        using Reservation reservation = await Reserve(budget, 40, 60);

        Assert.Equal((100, 0m), (reservation.Tokens, reservation.Cost));
        Assert.Equal((0, 0m), (budget.Tokens, budget.Cost));
    }

    [Fact]
    public async Task Reserve_AnswerOfSeveralRequests_CountsThePriceOfEach()
    {
        Budget budget = new(null, 1.5m, new PriceTable([new ModelPrice("m", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Request] = 0.5m } }]));

        using Reservation reservation = await budget.ReserveAsync(1, 1, "m", CancellationToken.None, requests: 3);

        Assert.Equal(1.5m, reservation.Cost);
    }

    [Fact]
    public async Task Reserve_OtherUnitsThanTokens_CountsWhatTheyCost()
    {
        Dictionary<string, decimal> searches = new() { [PriceUnits.Search] = 2 };
        Budget budget = new(null, 1m, new PriceTable([new ModelPrice("m", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Search] = 0.2m, [PriceUnits.Request] = 0.1m } }]));

        Reservation first = await budget.ReserveAsync(searches, "m", CancellationToken.None);
        Reservation second = await budget.ReserveAsync(searches, "m", CancellationToken.None);
        Task<Reservation> third = budget.ReserveAsync(searches, "m", CancellationToken.None);
        Assert.Equal((0.5m, 0L, false), (first.Cost, first.Tokens, third.IsCompleted));

        first.SettleUnits(new Dictionary<string, decimal> { [PriceUnits.Search] = 1 });
        second.SettleUnits(units: null);
        Assert.Equal(0.8m, budget.Cost);
        Assert.Equal(ErrorIds.BudgetExceeded, (await FailAsync(third)).ErrorId);
    }

    [Fact]
    public async Task Reserve_OthersUnderWay_WaitsForThemToSettle()
    {
        Budget budget = new(100, null, null);
        Reservation first = await Reserve(budget, 40, 40);

        Task<Reservation> second = Reserve(budget, 40, 40);
        Assert.False(second.IsCompleted);
        first.Settle(Used(10, 10));

        (await second.WaitAsync(Engine.Patience)).Settle(Used(40, 40));
        Assert.Equal(100, budget.Tokens);
    }

    [Fact]
    public async Task Reserve_NothingUnderWayAndNoRoom_IsExceededForGood()
    {
        Budget budget = new(100, null, null);
        (await Reserve(budget, 40, 40)).Settle(Used(40, 35));

        ChatServiceException failure = await FailAsync(Reserve(budget, 20, 10));
        ChatServiceException small = await FailAsync(Reserve(budget, 1, 1));

        Assert.Equal("The budget is used up: 75 of 100 tokens (-MaxTotalToken) are used and the next request may take 30. 1 answer is there so far.", failure.Message);
        Assert.Contains("-CheckpointPath", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(failure.Message, small.Message);
        Assert.Equal(75, budget.Tokens);
    }

    [Fact]
    public async Task Reserve_Exceeded_FailsAllThatWait()
    {
        Budget budget = new(100, null, null);
        Reservation first = await Reserve(budget, 50, 50);
        Task<Reservation>[] waiting = [Reserve(budget, 50, 50), Reserve(budget, 1, 1), Reserve(budget, 1, null)];

        first.Settle(Used(50, 50));

        foreach (Task<Reservation> task in waiting)
        {
            await FailAsync(task);
        }
    }

    [Fact]
    public async Task Reserve_LargeOneWaits_SmallOnesDoNotOvertake()
    {
        Budget budget = new(100, null, null);
        Reservation first = await Reserve(budget, 30, 30);
        Task<Reservation> large = Reserve(budget, 30, 30);
        Task<Reservation> small = Reserve(budget, 1, 1);

        Assert.False(small.IsCompleted);
        first.Release();

        Assert.Equal(60, (await large.WaitAsync(Engine.Patience)).Tokens);
        Assert.Equal(2, (await small.WaitAsync(Engine.Patience)).Tokens);
    }

    [Fact]
    public async Task Reserve_CancelledWhileWaiting_LetsTheNextIn()
    {
        Budget budget = new(100, null, null);
        using CancellationTokenSource cancel = new();
        Reservation first = await Reserve(budget, 30, 30);
        Task<Reservation> large = budget.ReserveAsync(30, 30, "m", cancel.Token);
        Task<Reservation> small = Reserve(budget, 1, 1);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small.WaitAsync(Engine.Patience);
        first.Settle(Used(1, 1));
        Assert.Equal(2, budget.Tokens);
    }

    [Fact]
    public async Task Reserve_CancelledBefore_IsNotGranted()
    {
        Budget budget = new(100, null, null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => budget.ReserveAsync(1, 1, "m", new CancellationToken(canceled: true)));

        Assert.Equal(100, (await Reserve(budget, 50, 50)).Tokens);
    }

    [Fact]
    public async Task Reserve_OutputWithoutLimit_RunsAloneUntilOneAnswerHasComeAndThenReservesTheLargest()
    {
        Budget budget = new(1000, null, null);
        Reservation probe = await Reserve(budget, 10, null);
        Task<Reservation> limited = Reserve(budget, 10, 5);
        Task<Reservation> second = Reserve(budget, 10, null);
        Assert.Equal(10, probe.Tokens);
        Assert.False(limited.IsCompleted || second.IsCompleted);

        probe.Settle(Used(10, 70));

        (await limited.WaitAsync(Engine.Patience)).Settle(Used(10, 5));
        Assert.Equal(80, (await second.WaitAsync(Engine.Patience)).Tokens);
        Assert.Equal(80, (await Reserve(budget, 10, null)).Tokens);
    }

    [Fact]
    public async Task Reserve_OutputWithoutLimitBehindOthers_WaitsUntilItIsAlone()
    {
        Budget budget = new(1000, null, null);
        Reservation first = await Reserve(budget, 10, 5);
        Task<Reservation> probe = Reserve(budget, 10, null);
        Assert.False(probe.IsCompleted);

        first.Release();

        await probe.WaitAsync(Engine.Patience);
    }

    [Fact]
    public async Task Reserve_ProbeFails_TheNextIsTheProbe()
    {
        Budget budget = new(1000, null, null);
        Reservation probe = await Reserve(budget, 10, null);
        Task<Reservation>[] next = [Reserve(budget, 10, null), Reserve(budget, 10, null)];

        probe.Release();

        await next[0].WaitAsync(Engine.Patience);
        Assert.False(next[1].IsCompleted);
    }

    [Fact]
    public async Task Reserve_EstimatesTooLow_AreScaledUntilTheAnswersOfThatKindAreLongAgo()
    {
        Budget budget = new(1_000_000, null, null);
        (await Reserve(budget, 10, 10)).Settle(Used(25, 1));
        Assert.Equal(35, (await Reserve(budget, 10, 10)).Tokens);

        for (int answer = 0; answer < 100; answer++)
        {
            (await Reserve(budget, 10, 10)).Settle(Used(5, 1));
        }

        Assert.Equal(20, (await Reserve(budget, 10, 10)).Tokens);
    }

    [Fact]
    public async Task Settle_NoUsage_CountsTheEstimate()
    {
        Budget budget = new(1000, 1000m, Prices);

        (await Reserve(budget, 10, 20)).Settle(null);

        Assert.Equal((30, 50m), (budget.Tokens, budget.Cost));
    }

    [Fact]
    public async Task Settle_Usage_CountsWhatThePriceOfTheModelSays()
    {
        Budget budget = new(null, 1000m, Prices);

        (await Reserve(budget, 10, 20)).Settle(new ChatUsage { InputTokens = 10, CachedTokens = 4, OutputTokens = 20, TotalTokens = 30 });
        (await Reserve(budget, 10, 20)).Settle(Used(10, 20), cost: 7m);

        Assert.Equal((60, 6m + 2m + 40m + 7m), (budget.Tokens, budget.Cost));
    }

    [Fact]
    public async Task Reservation_EndsOnce_WhateverComesLater()
    {
        Budget budget = new(1000, null, null);
        Reservation reservation = await Reserve(budget, 10, 20);

        reservation.Settle(Used(1, 2));
        reservation.Release();
        reservation.Settle(null);
        reservation.Dispose();

        Assert.Equal(3, budget.Tokens);
        Assert.Equal(997, (await Reserve(budget, 1, 996)).Tokens);
    }

    [Fact]
    public async Task Dispose_NotEnded_CountsTheEstimate()
    {
        Budget budget = new(1000, null, null);

        (await Reserve(budget, 10, 20)).Dispose();

        Assert.Equal(30, budget.Tokens);
    }

    [Theory]
    [InlineData(ErrorIds.RateLimited, null, 0)]
    [InlineData(ErrorIds.ConnectionFailed, null, 0)]
    [InlineData(ErrorIds.InvalidRequest, null, 0)]
    [InlineData(ErrorIds.ServerError, null, 0)]
    [InlineData(ErrorIds.ServerError, "half", 30)]
    [InlineData(ErrorIds.Timeout, null, 30)]
    [InlineData(ErrorIds.StreamTruncated, "", 30)]
    [InlineData(ErrorIds.BadResponse, null, 30)]
    public async Task Fail_Failure_CountsWhereTheServiceMayHaveBeenAtWork(string errorId, string? partial, int expected)
    {
        Budget budget = new(1000, null, null);

        (await Reserve(budget, 10, 20)).Fail(new ChatServiceException(errorId, "x", "y") { PartialText = partial });

        Assert.Equal(expected, budget.Tokens);
    }

    [Theory]
    [InlineData(200, 30)]
    [InlineData(null, 0)]
    [InlineData(503, 0)]
    public async Task Fail_ConnectionBroke_CountsWhereAnAnswerHadBegun(int? status, int expected)
    {
        Budget budget = new(1000, null, null);

        (await Reserve(budget, 10, 20)).Fail(new ChatServiceException(ErrorIds.ConnectionFailed, "x", "y") { StatusCode = status });

        Assert.Equal(expected, budget.Tokens);
    }

    [Fact]
    public async Task Reserve_Money_IsLimitedLikeTokens()
    {
        Budget budget = new(null, 100m, Prices);
        Reservation first = await Reserve(budget, 20, 30);
        Task<Reservation> second = Reserve(budget, 20, 30);
        Assert.Equal(80m, first.Cost);
        Assert.False(second.IsCompleted);

        first.Settle(Used(20, 10));

        ChatServiceException failure = await FailAsync(second);
        Assert.Equal("The budget is used up: 40 of 100 (-MaxCost) are spent and the next request may cost 80. 1 answer is there so far.", failure.Message);
    }

    [Fact]
    public async Task Reserve_CacheIsDearer_ReservesThat() =>
        Assert.Equal(50m, (await Reserve(new Budget(null, 100m, new PriceTable([new ModelPrice("m", 1_000_000, 0) { Cached = 5_000_000 }])), 10, 10)).Cost);

    [Fact]
    public async Task Reserve_MoneyAndModelWithoutPrice_IsRefusedByName()
    {
        Budget budget = new(null, 100m, Prices);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => budget.ReserveAsync(1, 1, "free", CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains("'free'", failure.Message, StringComparison.Ordinal);
        await Reserve(budget, 1, 1);
    }

    [Fact]
    public async Task AddSpent_FromBefore_Counts()
    {
        Budget budget = new(100, 1000m, Prices);

        budget.AddSpent(90, 5m);

        Assert.Equal((90, 5m), (budget.Tokens, budget.Cost));
        Assert.Contains("90 of 100 tokens (-MaxTotalToken) are used and the next request may take 20; 5 of 1000 (-MaxCost)", (await FailAsync(Reserve(budget, 10, 10))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reserve_NoLimit_CountsOnly()
    {
        Budget budget = new(null, null, null);

        (await Reserve(budget, int.MaxValue, int.MaxValue)).Settle(Used(5, 5));

        Assert.Equal((10, 0m), (budget.Tokens, budget.Cost));
    }

    [Fact]
    public void Create_LimitsThatCannotBe_AreRefusedByName()
    {
        Assert.Contains("-MaxTotalToken is 0", Engine.AssertInvalid(() => _ = new Budget(0, null, null)).Message, StringComparison.Ordinal);
        Assert.Contains("-MaxCost is 0", Engine.AssertInvalid(() => _ = new Budget(null, 0, Prices)).Message, StringComparison.Ordinal);
        Assert.Contains("-PriceTable", Engine.AssertInvalid(() => _ = new Budget(null, 1, null)).RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnyRequestsSideBySide_StaysWithinTheLimitAndEnds() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(
        Arb.From(
            from requests in Requests.Several(1, 60)
            from limit in Gen.Choose(1, 3000)
            from money in Gen.Choose(1, 3000)
            from workers in Gen.Choose(1, 16)
            select (requests, limit, money, workers)),
        run => RunAsync(run.requests, new Budget(run.limit, run.money, Prices), run.workers, run.limit, run.money).WaitAsync(Engine.Patience).GetAwaiter().GetResult()));

    [Fact]
    public void Reserve_AnyRequestsSettledInAnyOrder_AreGrantedInTheirOwn() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(
        Arb.From(
            from requests in Requests.Several(1, 30)
            from limit in Gen.Choose(200, 2000)
            from picks in Gen.Choose(0, 1000).Several(30, 30)
            select (requests, limit, picks)),
        run =>
        {
            Budget budget = new(run.limit, null, null);
            List<Task<Reservation>> tasks = [.. run.requests.Select(request => Reserve(budget, request.Estimate, request.OutputLimit))];
            HashSet<int> settled = [];
            for (int step = 0; ; step++)
            {
                int granted = tasks.TakeWhile(task => task.IsCompleted).Count();
                Assert.All(tasks.Skip(granted), task => Assert.False(task.IsCompleted));
                int[] underWay = [.. Enumerable.Range(0, granted).Where(place => tasks[place].Status == TaskStatus.RanToCompletion && !settled.Contains(place))];
                if (underWay.Length == 0)
                {
                    Assert.Equal(tasks.Count, granted);
                    return;
                }

                int place = underWay[run.picks[step % run.picks.Count] % underWay.Length];
                settled.Add(place);
                run.requests[place].End(tasks[place].GetAwaiter().GetResult());
            }
        }));

    private static Gen<Request> Requests =>
        from estimate in Gen.Choose(1, 100)
        from input in Gen.Choose(0, estimate)
        from limit in Gen.Choose(1, 100)
        from output in Gen.Choose(0, limit)
        from cached in Gen.Choose(0, input)
        from outcome in Gen.Choose(0, 9)
        select new Request(estimate, limit, new ChatUsage { InputTokens = input, CachedTokens = cached, OutputTokens = output, TotalTokens = input + output }, outcome);

    private static async Task RunAsync(IReadOnlyList<Request> requests, Budget budget, int workers, long limit, decimal money)
    {
        Queue<Request> queue = new(requests);
        int answered = 0;
        int refused = 0;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (Next() is { } request)
            {
                try
                {
                    using Reservation reservation = await Reserve(budget, request.Estimate, request.OutputLimit);
                    Assert.Equal(0, Volatile.Read(ref refused));
                    await Task.Yield();
                    request.End(reservation);
                    Interlocked.Increment(ref answered);
                    Assert.InRange(budget.Tokens, 0, limit);
                    Assert.InRange(budget.Cost, 0, money);
                }
                catch (ChatServiceException failure)
                {
                    Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
                    Interlocked.Increment(ref refused);
                }
            }
        })));

        Assert.Equal(requests.Count, answered + refused);

        Request? Next()
        {
            lock (queue)
            {
                return queue.TryDequeue(out Request? next) ? next : null;
            }
        }
    }

    private static Task<Reservation> Reserve(Budget budget, int input, int? output) => budget.ReserveAsync(input, output, "m", CancellationToken.None);

    private static async Task<ChatServiceException> FailAsync(Task<Reservation> task)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => task.WaitAsync(Engine.Patience));
        Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
        return failure;
    }

    private static ChatUsage Used(int input, int output) => new() { InputTokens = input, OutputTokens = output, TotalTokens = input + output };

    private sealed record Request(int Estimate, int OutputLimit, ChatUsage Usage, int Outcome)
    {
        public void End(Reservation reservation)
        {
            switch (Outcome)
            {
                case 0:
                    reservation.Release();
                    break;
                case 1:
                    reservation.Dispose();
                    break;
                case 2:
                    reservation.Settle(null);
                    break;
                default:
                    reservation.Settle(Usage);
                    break;
            }
        }
    }
}
