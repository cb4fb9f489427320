using System.Net;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Calls;

public sealed class PacerTests
{
    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(200);

    private readonly FakeTime _time = new();

    private static Gen<(int Limit, IReadOnlyList<int> Gaps)> Arrivals =>
        from limit in Gen.Choose(1, 300)
        from gaps in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(0, 300)), (1, Gen.Choose(0, 20_000))).Several(1, 150)
        select (limit, gaps);

    [Fact]
    public void TakeTurn_AnyLimitAndAnyArrivals_KeepsTheLimitAndTheOrder() => Check.One(Settings, Prop.ForAll(Arb.From(Arrivals), sample =>
    {
        FakeTime time = new();
        using Pacer pacer = new(sample.Limit, null, time);
        List<Task<Turn>> turns = [];
        foreach (int gap in sample.Gaps)
        {
            Run(time, TimeSpan.FromMilliseconds(gap));
            turns.Add(Take(pacer));
        }

        Run(time, TimeSpan.FromHours(3));

        double[] starts = [.. turns.Select(turn => Now(turn).Started)];
        double[] perMinute = [.. starts.Select(from => (double)starts.Count(start => start >= from && start < from + 59.999))];
        Assert.All(perMinute, count => Assert.InRange(count, 1, sample.Limit + Math.Max(1, sample.Limit / 60)));
        Assert.Equal(starts.Order(), starts);
    }));

    [Fact]
    public void TakeTurn_NothingLimits_StartsAtOnceAndStartsNoTimer()
    {
        using Pacer pacer = new(null, null, _time);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(Take(pacer).IsCompletedSuccessfully));
        Assert.Empty(_time.Running);
    }

    [Fact]
    public void TakeTurn_TokensPerMinute_SpreadsByEstimate()
    {
        using Pacer pacer = new(null, 6000, _time);

        double[] starts = Starts([Take(pacer, 100), Take(pacer, 200), Take(pacer, 50), Take(pacer, 50)]);

        AssertTimes([0, 1, 2.5, 3], starts);
    }

    [Fact]
    public void Settle_ServiceCountedLess_NextStartsSooner()
    {
        using Pacer pacer = new(null, 6000, _time);
        Task<Turn> first = Take(pacer, 1000);
        Task<Turn> second = Take(pacer, 100);

        Now(first).Settle(90, 10);

        Assert.False(second.IsCompleted);
        AssertTimes([1], Starts([second]));
    }

    [Fact]
    public void Settle_AnswersSoFar_AreExpectedOfTheNext()
    {
        using Pacer pacer = new(null, 60_000, _time);

        Now(Take(pacer, 10)).Settle(10, 100);
        Now(Take(pacer, 10)).Settle(10, 300);

        Assert.Equal(210, Now(Take(pacer, 10)).Tokens);
    }

    [Theory]
    [InlineData("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", "30s", 30)]
    [InlineData("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "1m2.5s", 62.5)]
    [InlineData("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset", "2030-01-02T03:04:25Z", 21)]
    [InlineData("anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset", "2030-01-02T03:04:25Z", 21)]
    [InlineData("x-ratelimit-remaining", "x-ratelimit-reset", "12", 12)]
    [InlineData("ratelimit-remaining", "ratelimit-reset", "1893553465", 21)]
    public void Answered_NothingLeft_AllWaitForTheReset(string remaining, string reset, string value, double seconds)
    {
        using Pacer pacer = new(null, null, _time);
        Answer(pacer, Now(Take(pacer)), 200, (remaining, "0"), (reset, value));

        AssertTimes([seconds, seconds], Starts([Take(pacer), Take(pacer)]));
    }

    [Theory]
    [InlineData("x-ratelimit-reset-requests", "6h0m0s")]
    [InlineData("x-ratelimit-reset-requests", "soon")]
    [InlineData("x-ratelimit-reset-requests", "5parsecs")]
    [InlineData("x-ratelimit-reset-requests", "")]
    [InlineData("x-other", "1s")]
    public void Answered_ResetThatSaysNothing_IsIgnored(string name, string value)
    {
        using Pacer pacer = new(null, null, _time);
        Answer(pacer, Now(Take(pacer)), 200, ("x-ratelimit-remaining-requests", "0"), (name, value));

        Assert.True(Take(pacer).IsCompletedSuccessfully);
    }

    [Fact]
    public void Answered_SomeLeft_InFlightCountsAgainstIt()
    {
        using Pacer pacer = new(null, null, _time);
        Turn first = Now(Take(pacer));
        Turn second = Now(Take(pacer));
        Answer(pacer, first, 200, ("x-ratelimit-remaining-requests", "2"), ("x-ratelimit-reset-requests", "10s"));

        Task<Turn> third = Take(pacer);
        Task<Turn> fourth = Take(pacer);
        Assert.Equal((true, false), (third.IsCompleted, fourth.IsCompleted));
        pacer.Failed(second);
        Assert.Equal(0, Now(fourth).Started);
        AssertTimes([10], Starts([Take(pacer)]));
    }

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("6m0s", 360)]
    [InlineData("20ms", 0.02)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("1d", 86_400)]
    [InlineData("12.5", 12.5)]
    [InlineData("0", 0)]
    [InlineData("1893553450000", 6)]
    [InlineData("1000000001", 0)]
    [InlineData("2030-01-02T03:04:15+00:00", 11)]
    [InlineData("-5", double.NaN)]
    [InlineData("s", double.NaN)]
    [InlineData("1s2", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("2030-99-02T", double.NaN)]
    public void ReadReset_AnyForm_IsSeconds(string text, double seconds) =>
        Assert.Equal(seconds, RateHeaders.ReadReset(text, _time.GetUtcNow()) ?? double.NaN, 3);

    [Fact]
    public void Answered_BurstIsRefused_AllWaitOnceAsTold()
    {
        using Pacer pacer = new(null, null, _time);
        Turn[] burst = [.. Enumerable.Range(0, 4).Select(_ => Now(Take(pacer)))];
        Answer(pacer, burst[0], 429, ("Retry-After", "5"));
        Answer(pacer, burst[1], 429, ("Retry-After", "7"));
        Answer(pacer, burst[2], 429, ("Retry-After", "1"));
        Answer(pacer, burst[3], 429);

        AssertTimes([7, 8], Starts([Take(pacer), Take(pacer)]));
    }

    [Fact]
    public void Answered_RefusedWithoutAWord_WaitsTwoSecondsThenTheMinute()
    {
        using Pacer pacer = new(null, null, _time);
        Turn accepted = Now(Take(pacer));
        Answer(pacer, accepted, 200);
        Run(_time, TimeSpan.FromSeconds(10));
        List<double> starts = [];
        for (int refusal = 0; refusal < 4; refusal++)
        {
            Task<Turn> turn = Take(pacer);
            starts.AddRange(Starts([turn]));
            Answer(pacer, Now(turn), 429);
        }

        AssertTimes([10, 12, 60, 120], starts);
    }

    [Fact]
    public void Answered_Refused_AfterwardsStartsAreAsFarApartAsWasMeasured()
    {
        using Pacer pacer = new(null, null, _time);
        foreach (int _ in Enumerable.Range(0, 10))
        {
            Answer(pacer, Now(Take(pacer)), 200);
        }

        Answer(pacer, Now(Take(pacer)), 429, ("Retry-After", "20"));
        Turn probe = Finish(Take(pacer));
        Answer(pacer, probe, 200);

        AssertTimes([22, 24, 26], Starts([Take(pacer), Take(pacer), Take(pacer)]));
    }

    [Fact]
    public void Answered_MinutesWithoutRefusal_RaiseThePaceUntilItSlowsNothing()
    {
        using Pacer pacer = new(null, null, _time);
        foreach (int _ in Enumerable.Range(0, 10))
        {
            Answer(pacer, Now(Take(pacer)), 200);
        }

        Answer(pacer, Now(Take(pacer)), 429, ("Retry-After", "20"));
        double[] starts = [.. Enumerable.Range(0, 300).Select(_ =>
        {
            Turn turn = Finish(Take(pacer));
            Answer(pacer, turn, 200);
            return turn.Started;
        })];
        int[] perMinute = [.. Enumerable.Range(0, 4).Select(minute => starts.Count(start => start >= 20 + (60 * minute) && start < 80 + (60 * minute)))];
        Assert.Equal([30, 31, 32, 34], perMinute);

        // Few requests: nobody waits, and so the pace is forgotten.
        for (int i = 0; i < 30; i++)
        {
            Run(_time, TimeSpan.FromSeconds(10));
            Answer(pacer, Now(Take(pacer)), 200);
        }

        Assert.All(Enumerable.Range(0, 50), _ => Assert.True(Take(pacer).IsCompletedSuccessfully));
    }

    [Fact]
    public void Answered_OverloadedWithAWait_HoldsAllAndTeachesNoPace()
    {
        using Pacer pacer = new(null, null, _time);
        foreach (int _ in Enumerable.Range(0, 10))
        {
            Answer(pacer, Now(Take(pacer)), 200);
        }

        Answer(pacer, Now(Take(pacer)), 503, ("Retry-After", "20"));
        Turn probe = Finish(Take(pacer));
        Answer(pacer, probe, 200);

        Assert.Equal(20, probe.Started, 3);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.True(Take(pacer).IsCompletedSuccessfully));
    }

    [Fact]
    public void Answered_OutOfQuota_HoldsNobody()
    {
        using Pacer pacer = new(null, null, _time);
        using HttpResponseMessage response = new(HttpStatusCode.TooManyRequests);
        pacer.Answered(Now(Take(pacer)), 429, response.Headers, isOutOfQuota: true);

        Assert.True(Take(pacer).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task TakeTurn_ServiceWantsAnHour_FailsForFiveMinutesThenTries()
    {
        using Pacer pacer = new(60, null, _time);
        Turn first = Now(Take(pacer));
        Task<Turn> waiting = Take(pacer);
        Answer(pacer, first, 429, ("Retry-After", "3600"));

        Assert.Equal(TimeSpan.FromHours(1), (await Assert.ThrowsAsync<PausedException>(() => waiting)).Wait);
        Run(_time, TimeSpan.FromMinutes(4));
        Assert.Equal(TimeSpan.FromMinutes(56), (await Assert.ThrowsAsync<PausedException>(async () => await pacer.TakeTurnAsync(1, null, default))).Wait);
        Run(_time, TimeSpan.FromMinutes(1));
        Assert.True(Take(pacer).IsCompletedSuccessfully);
        Assert.False(Take(pacer).IsCompleted);
    }

    [Fact]
    public async Task TakeTurn_Cancelled_EndsAtOnceAndTheNextMovesUp()
    {
        using Pacer pacer = new(60, null, _time);
        using CancellationTokenSource stop = new();
        Assert.True(Take(pacer).IsCompletedSuccessfully);
        Task<Turn> second = pacer.TakeTurnAsync(1, null, stop.Token).AsTask();
        Task<Turn> third = Take(pacer);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        AssertTimes([1], Starts([third]));
        Assert.Equal(0, pacer.Waiting);
    }

    [Fact]
    public void TakeTurn_HasToWait_SaysHowLongAndWhy()
    {
        List<(TimeSpan Wait, string Reason)> heard = [];
        using Pacer pacer = new(60, null, _time);

        _ = pacer.TakeTurnAsync(1, (wait, reason) => heard.Add((wait, reason)), default).AsTask();
        _ = pacer.TakeTurnAsync(1, (wait, reason) => heard.Add((wait, reason)), default).AsTask();

        Assert.Equal([(TimeSpan.FromSeconds(1), "-RequestsPerMinute is 60")], heard);
    }

    [Fact]
    public void RetryBudget_MostFail_RunsOutAndComesBackWithSuccesses()
    {
        RetryBudget budget = new();
        budget.Succeeded();

        Assert.Equal(32, Enumerable.Range(0, 100).Count(_ => budget.TryTake()));
        Assert.Equal(25, Enumerable.Range(0, 100).Count(_ =>
        {
            budget.Succeeded();
            return budget.TryTake();
        }));
    }

    [Fact]
    public async Task Call_BudgetIsSpent_IsNotTriedAgainAndSaysWhy()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(500, "{}"));
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 40, time: _time);
        Task<ChatServiceException> first = connection.FailAsync();
        await _time.SkipWaitsAsync(first, ConnectionSettings.DefaultTimeout);
        ChatServiceException second = await connection.FailAsync();

        Assert.Equal((33, 1), ((await first).Attempts, second.Attempts));
        Assert.Equal(ErrorIds.ServerError, second.ErrorId);
        Assert.Contains("none is tried again", second.RecommendedAction, StringComparison.Ordinal);
    }

    // Turns come without a way back to the test's own thread, which waits for them.
    private static Task<Turn> Take(Pacer pacer, int tokens = 1)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return pacer.TakeTurnAsync(tokens, null, CancellationToken.None).AsTask();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static Turn Now(Task<Turn> turn) => turn.Wait(Engine.Patience) ? turn.Result : throw new TimeoutException();

    private static void Answer(Pacer pacer, Turn turn, int status, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = new((HttpStatusCode)status);
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        pacer.Answered(turn, status, response.Headers, isOutOfQuota: false);
    }

    private static void Run(FakeTime time, TimeSpan length)
    {
        DateTimeOffset end = time.GetUtcNow() + length;
        while (time.Running.DefaultIfEmpty(TimeSpan.MaxValue).Min() is var next && next <= end - time.GetUtcNow())
        {
            time.Advance(next);
        }

        time.Advance(end - time.GetUtcNow());
    }

    private static void AssertTimes(double[] expected, IEnumerable<double> actual) => Assert.Equal(expected, actual.Select(time => Math.Round(time, 2)));

    private Turn Finish(Task<Turn> turn)
    {
        while (!turn.IsCompleted && _time.Running is { Count: > 0 } running)
        {
            _time.Advance(running.Min());
        }

        return Now(turn);
    }

    private double[] Starts(Task<Turn>[] turns) => [.. turns.Select(turn => Finish(turn).Started)];
}
