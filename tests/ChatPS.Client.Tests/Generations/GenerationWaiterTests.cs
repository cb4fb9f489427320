using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

public sealed class GenerationWaiterTests : IDisposable
{
    private static readonly GenerationState Running = new() { RawStatus = "running" };
    private static readonly GenerationState Done = new() { RawStatus = "succeeded", Text = "done" };

    private readonly FakeTime _time = new();
    private readonly ServiceConnection _connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));
    private readonly GenerationWaiter _waiter;
    private readonly List<string> _warnings = [];
    private readonly List<string> _verbose = [];

    public GenerationWaiterTests() => _waiter = new GenerationWaiter(4, _time);

    public void Dispose()
    {
        _waiter.Dispose();
        _connection.Dispose();
    }

    [Fact]
    public async Task Wait_HundredTasksOfAList_CostAtMostOneCallASecond()
    {
        List<TimeSpan> calls = [];
        DateTimeOffset began = _time.GetUtcNow();
        int most = 0;
        FakeListedGenerations family = new((task, look) => look > 12 + (int.Parse(task.Id, System.Globalization.CultureInfo.InvariantCulture) % 20) ? Done : Running);
        GenerationService service = new(_connection, [family]);

        Task<ChatGeneration[]> all = Task.WhenAll(Enumerable.Range(0, 100).Select(id => WaitAsync(service, id.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        await _time.SkipWaitsAsync(all, Timeout.InfiniteTimeSpan).WaitAsync(Engine.Patience);

        Assert.All(await all, task => Assert.Equal(ChatGenerationStatus.Succeeded, task.Status));
        most = family.Calls.Max(ids => ids.Length);
        Assert.InRange(most, 90, 100);
        Assert.InRange(family.Calls.Count, 13, (_time.GetUtcNow() - began).TotalSeconds + 2);
    }

    [Fact]
    public async Task Wait_MoreTasksThanACallTakes_PausesASecondForEachCall()
    {
        FakeListedGenerations family = new((_, look) => look > 3 ? Done : Running, most: 10);
        GenerationService service = new(_connection, [family]);
        DateTimeOffset began = _time.GetUtcNow();

        Task all = Task.WhenAll(Enumerable.Range(0, 50).Select(id => WaitAsync(service, FormattableString.Invariant($"t{id}"))));
        await _time.SkipWaitsAsync(all, Timeout.InfiniteTimeSpan).WaitAsync(Engine.Patience);

        Assert.InRange(family.Calls.Count, 20, (_time.GetUtcNow() - began).TotalSeconds + 10);
    }

    [Fact]
    public async Task Wait_Pauses_GrowToAQuarterOfAMinute()
    {
        FakeGenerations family = new((_, look) => look > 15 ? Done : Running);

        IReadOnlyList<TimeSpan> waits = await WaitOutAsync(family);

        Assert.Equal([2, 2.5, 3.125], waits.Take(3).Select(wait => wait.TotalSeconds));
        Assert.Equal(15, waits[^1].TotalSeconds);
        Assert.All(waits.Zip(waits.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
    }

    [Fact]
    public async Task Wait_ServiceSaysWhen_IsObeyed()
    {
        FakeGenerations family = new((_, look) => look > 2 ? Done : Running with { PollAfter = TimeSpan.FromSeconds(40) });

        Assert.Equal([40d, 40d], (await WaitOutAsync(family)).Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(ErrorIds.RateLimited)]
    [InlineData(ErrorIds.ServerError)]
    [InlineData(ErrorIds.ConnectionFailed)]
    [InlineData(ErrorIds.Timeout)]
    public async Task Wait_FailuresThatPass_AreForgiven(string errorId)
    {
        FakeGenerations family = new((_, look) => look > 10 ? Done : throw new ChatServiceException(errorId, "no", "") { RetryAfter = TimeSpan.FromSeconds(9) });

        IReadOnlyList<TimeSpan> waits = await WaitOutAsync(family);

        Assert.All(waits, wait => Assert.Equal(9, wait.TotalSeconds));
        Assert.Equal(11, family.Calls.Count);
    }

    [Fact]
    public async Task Wait_FailuresThatDoNotPass_EndItAtLast()
    {
        FakeGenerations family = new((_, look) => look == 5 ? Running : throw new ChatServiceException(ErrorIds.ServerError, "no", ""));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => WaitOutAsync(family));

        Assert.Equal(ErrorIds.ServerError, failure.ErrorId);
        Assert.Equal(16, family.Calls.Count);
    }

    [Theory]
    [InlineData(ErrorIds.AuthenticationFailed)]
    [InlineData(ErrorIds.QuotaExceeded)]
    [InlineData(ErrorIds.InvalidRequest)]
    public async Task Wait_FailureThatStays_EndsItAtOnce(string errorId)
    {
        FakeGenerations family = new((_, _) => throw new ChatServiceException(errorId, "no", ""));

        Assert.Equal(errorId, (await Assert.ThrowsAsync<ChatServiceException>(() => WaitOutAsync(family))).ErrorId);
        Assert.Single(family.Calls);
    }

    [Fact]
    public async Task Wait_NoSuchTask_IsForgivenForHalfAMinute()
    {
        FakeGenerations family = new((_, _) => throw new ChatServiceException(ErrorIds.InvalidRequest, "no", "") { ServiceCode = "task_not_exist" });
        DateTimeOffset began = _time.GetUtcNow();

        await Assert.ThrowsAsync<ChatServiceException>(() => WaitOutAsync(family));

        Assert.InRange((_time.GetUtcNow() - began).TotalSeconds, 30, 45);
    }

    [Fact]
    public async Task Wait_SucceededWithNothing_IsLookedAtThreeTimesMoreAndTold()
    {
        FakeGenerations family = new((_, _) => Done with { Text = null });

        await WaitOutAsync(family);

        Assert.Equal(4, family.Calls.Count);
        Assert.Contains("gives no result", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChatGenerationStatus.Succeeded)]
    [InlineData(ChatGenerationStatus.Failed)]
    [InlineData(ChatGenerationStatus.Cancelled)]
    [InlineData(ChatGenerationStatus.NeedsInput)]
    public async Task Wait_TaskThatHasEnded_IsNotLookedAt(ChatGenerationStatus status)
    {
        FakeGenerations family = new((_, _) => Running);
        ChatGeneration task = new() { Id = "t1", Service = "Fake", Status = status };

        Assert.Same(task, await _waiter.WaitAsync(new GenerationService(_connection, [family]), task, CallSettings.None, null, default));
        Assert.Empty(family.Calls);
    }

    [Theory]
    [InlineData(ChatGenerationStatus.Succeeded)]
    [InlineData(ChatGenerationStatus.Failed)]
    [InlineData(ChatGenerationStatus.Cancelled)]
    public async Task Look_TaskThatHasEnded_StaysEnded(ChatGenerationStatus status)
    {
        GenerationService service = new(_connection, [new FakeGenerations((_, _) => Running)]);

        ChatGeneration now = await service.LookAsync(new ChatGeneration { Id = "t1", Service = "Fake", Status = status }, CallSettings.None, default);

        Assert.Equal((status, "running"), (now.Status, now.RawStatus));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hasten_TaskThatIsWaitedFor_IsLookedAtWithoutAPause(bool isListed)
    {
        TaskCompletionSource<bool> looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        GenerationState Look(ChatGeneration task, int look)
        {
            looked.TrySetResult(true);
            return look > 1 ? Done : Running;
        }

        GenerationService service = new(_connection, [isListed ? new FakeListedGenerations(Look) : new FakeGenerations(Look)]);
        Task<ChatGeneration> wait = WaitAsync(service, "t1");
        await looked.Task.WaitAsync(Engine.Patience);
        await Engine.Eventually(() => _time.Running.Count > 0);

        Assert.False(_waiter.Hasten("other"));
        Assert.True(_waiter.Hasten("t1"));

        Assert.Equal(ChatGenerationStatus.Succeeded, (await wait.WaitAsync(Engine.Patience)).Status);
        Assert.False(_waiter.Hasten("t1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_OneIsCancelled_TheOtherGoesOn(bool isListed)
    {
        using CancellationTokenSource over = new();
        GenerationState Look(ChatGeneration task, int look)
        {
            if (look > 2 && task.Id == "t1")
            {
                over.Cancel();
            }

            return look > 6 ? Done : Running;
        }

        GenerationService service = new(_connection, [isListed ? new FakeListedGenerations(Look) : new FakeGenerations(Look)]);
        Task<ChatGeneration> one = WaitAsync(service, "t1", over.Token);
        Task<ChatGeneration> other = WaitAsync(service, "t2");
        await _time.SkipWaitsAsync(other, Timeout.InfiniteTimeSpan).WaitAsync(Engine.Patience);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.Equal(ChatGenerationStatus.Succeeded, (await other).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_PauseBeyondAllBounds_IsFiveMinutes(bool isListed)
    {
        static GenerationState Look(ChatGeneration task, int look) => look > 2 ? Done : Running with { PollAfter = TimeSpan.FromDays(2_900_000) };

        IReadOnlyList<TimeSpan> waits = await WaitOutAsync(isListed ? new FakeListedGenerations(Look) : new FakeGenerations(Look));

        Assert.Equal([300d, 300d], waits.Select(wait => wait.TotalSeconds));
        Assert.Contains("the next look is in 300 s", Assert.Single(_verbose), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_NoPauseAtAll_IsHeardTwentyTimes(bool isListed)
    {
        static GenerationState Look(ChatGeneration task, int look) => look > 30 ? Done : Running with { PollAfter = TimeSpan.Zero };

        IReadOnlyList<TimeSpan> waits = await WaitOutAsync(isListed ? new FakeListedGenerations(Look) : new FakeGenerations(Look));

        Assert.All(waits.Take(20), wait => Assert.Equal(20, wait.TotalMilliseconds));
        Assert.Equal(10, waits.Skip(20).Count(wait => wait >= TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task Wait_FailureThatAsksForNoPause_IsNotAskedSoonerThanAny()
    {
        FakeGenerations family = new((_, look) => look > 3 ? Done : throw new ChatServiceException(ErrorIds.RateLimited, "no", "") { RetryAfter = TimeSpan.Zero });

        Assert.Equal([2, 2.5, 3.125], (await WaitOutAsync(family)).Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Wait_WhateverALookOfManyThrows_EndsAllWaitsAndTheNextBeginsAnew()
    {
        bool isBroken = true;
        GenerationService service = new(_connection, [new FakeListedGenerations((_, _) => isBroken ? throw new InvalidOperationException("broken") : Done)]);

        Task<ChatGeneration>[] waits = [WaitAsync(service, "t1"), WaitAsync(service, "t2")];
        foreach (Task<ChatGeneration> wait in waits)
        {
            ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => wait.WaitAsync(Engine.Patience));
            Assert.Contains("broken", failure.Message, StringComparison.Ordinal);
        }

        isBroken = false;
        Assert.Equal(ChatGenerationStatus.Succeeded, (await WaitAsync(service, "t3").WaitAsync(Engine.Patience)).Status);
    }

    [Fact]
    public async Task Wait_WhoeverHearsOfATaskThrows_EndsTheWait()
    {
        GenerationService service = new(_connection, [new FakeListedGenerations((_, _) => Running)]);

        Task<ChatGeneration> wait = _waiter.WaitAsync(service, new ChatGeneration { Id = "t1", Service = "Fake" }, CallSettings.None, _ => throw new InvalidOperationException("deaf"), default);

        Assert.Contains("deaf", (await Assert.ThrowsAsync<ChatServiceException>(() => wait.WaitAsync(Engine.Patience))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hasten_AgainWithinASecond_IsHeardASecondLater(bool isListed)
    {
        int looks = 0;
        GenerationState Look(ChatGeneration task, int look)
        {
            Interlocked.Increment(ref looks);
            return look > 2 ? Done : Running with { PollAfter = TimeSpan.FromMinutes(5) };
        }

        GenerationService service = new(_connection, [isListed ? new FakeListedGenerations(Look) : new FakeGenerations(Look)]);
        Task<ChatGeneration> wait = WaitAsync(service, "t1");
        await Engine.Eventually(() => _time.Running.Contains(TimeSpan.FromMinutes(5)));
        _waiter.Hasten("t1");
        await Engine.Eventually(() => Volatile.Read(ref looks) == 2 && _time.Running.Contains(TimeSpan.FromMinutes(5)));

        _waiter.Hasten("t1");
        await Engine.Eventually(() => _time.Running.Contains(TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ChatGenerationStatus.Succeeded, (await wait.WaitAsync(Engine.Patience)).Status);
    }

    [Fact]
    public async Task Hasten_DuringALook_LeadsToAnotherOne()
    {
        FakeGenerations family = new((task, look) => look == 1 && _waiter.Hasten(task.Id) ? Running with { PollAfter = TimeSpan.FromMinutes(5) } : Done);

        Assert.Equal(ChatGenerationStatus.Succeeded, (await WaitAsync(new GenerationService(_connection, [family]), "t1").WaitAsync(Engine.Patience)).Status);
    }

    [Fact]
    public async Task Hasten_TaskThatIsWaitedForTwice_HastensBoth()
    {
        FakeGenerations family = new((_, look) => look > 2 ? Done : Running with { PollAfter = TimeSpan.FromMinutes(5) });
        GenerationService service = new(_connection, [family]);
        Task<ChatGeneration[]> both = Task.WhenAll(WaitAsync(service, "t1"), WaitAsync(service, "t1"));
        await Engine.Eventually(() => _time.Running.Count(wait => wait == TimeSpan.FromMinutes(5)) == 2);

        Assert.True(_waiter.Hasten("t1"));

        Assert.All(await both.WaitAsync(Engine.Patience), task => Assert.Equal(ChatGenerationStatus.Succeeded, task.Status));
        Assert.False(_waiter.Hasten("t1"));
    }

    [Theory]
    [InlineData(ErrorIds.ConnectionFailed, null, "Nobody is there.", "Look for somebody.")]
    [InlineData(ErrorIds.InvalidRequest, "task_not_exist", "Fake knows no task t1: Nobody is there.", "Check the id")]
    public async Task Wait_LooksThatFail_AreWarnedOfOnceAndToldAtTheEnd(string errorId, string? code, string message, string advice)
    {
        ChatServiceException no = new(errorId, "Nobody is there.", "Look for somebody.") { ServiceCode = code };
        List<ChatServiceException> missed = [];
        GenerationService service = new(_connection, [new FakeGenerations((_, _) => throw no)]);

        Task<ChatGeneration> one = _waiter.WaitAsync(service, new ChatGeneration { Id = "t1", Service = "Fake" }, new CallSettings { Warning = _warnings.Add }, null, missed.Add, default);
        await _time.SkipWaitsAsync(one, Timeout.InfiniteTimeSpan).WaitAsync(Engine.Patience);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => one);

        Assert.Contains("Nobody is there.", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Matches($@"^{System.Text.RegularExpressions.Regex.Escape(message)} \d+ looks at the task failed one after the other, in \d\d+ s\.$", failure.Message);
        Assert.Equal((errorId, code), (failure.ErrorId, failure.ServiceCode));
        Assert.StartsWith(advice, failure.RecommendedAction, StringComparison.Ordinal);
        Assert.True(missed.Count > 3);
        Assert.All(missed, miss => Assert.Equal(message, miss.Message));
    }

    private Task<ChatGeneration> WaitAsync(GenerationService service, string id, CancellationToken token = default) =>
        _waiter.WaitAsync(service, new ChatGeneration { Id = id, Service = "Fake" }, new CallSettings { Warning = _warnings.Add, Verbose = _verbose.Add }, null, token);

    private async Task<IReadOnlyList<TimeSpan>> WaitOutAsync(FakeGenerations family)
    {
        Task<ChatGeneration> wait = WaitAsync(new GenerationService(_connection, [family]), "t1");
        IReadOnlyList<TimeSpan> waits = await _time.SkipWaitsAsync(wait, Timeout.InfiniteTimeSpan).WaitAsync(Engine.Patience);
        await wait;
        return waits;
    }
}
