using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Client.Media;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Generations;

/// <summary>What every family must do, against the sandbox. Waits are skipped.</summary>
public sealed class GenerationConformanceTests : IDisposable
{
    private readonly SandboxServer _sandbox = SandboxServer.Start();
    private readonly FakeTime _time = new();
    private readonly List<string> _warnings = [];
    private readonly List<ChatGeneration> _seen = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-generations").FullName;
    private readonly ServiceConnection _connection;
    private readonly GenerationWaiter _waiter;
    private readonly CallSettings _settings;

    public GenerationConformanceTests()
    {
        _connection = Engine.Connect(_sandbox, maxRetry: 2);
        _waiter = new GenerationWaiter(4, _time);
        _settings = new CallSettings
        {
            Warning = text =>
            {
                lock (_warnings)
                {
                    _warnings.Add(text);
                }
            },
        };
    }

    public static TheoryData<string> All => GenerationCases.Names();

    public static TheoryData<string> WithWords => GenerationCases.Names(item => item.HasWords);

    public static TheoryData<string> ThatCanBeEmpty => GenerationCases.Names(item => item.CanBeEmpty);

    private GenerationService Service => _connection.Generations;

    public void Dispose()
    {
        _waiter.Dispose();
        _connection.Dispose();
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Cases_EveryFamilyInEveryForm_IsThere() =>
        Assert.Equal(
            KnownGenerations.All.SelectMany(family => family.Forms.Select(form => (family.Service, form.Name.Length > 0 ? form.Name : null))).Order(),
            GenerationCases.All.Select(item => (item.Service, item.Form)).Distinct().Order());

    [Theory]
    [MemberData(nameof(All))]
    public async Task Submit_ThenWait_SucceedsAndItsResultCanBeSaved(string name)
    {
        GenerationCase item = GenerationCases.Named(name);

        ChatGeneration task = await SubmitAsync(item, "a fox");
        ChatGeneration done = await WaitAsync(task);

        Assert.NotEmpty(task.Id);
        Assert.False(task.IsDone);
        Assert.Empty(task.Result);
        Assert.Equal((task.Id, item.Service, item.Form, "a fox", "a fox", 3), (done.Id, done.Service, done.Form, done.Prompt, done.Input, done.Index));
        Assert.Equal((ChatGenerationStatus.Succeeded, null, null), (done.Status, done.FailReason, done.FailCode));
        Assert.Equal(item.Kinds, done.Result.Select(result => result.Kind));
        Assert.All(done.Result, result => Assert.Equal((done.Id, true), (result.GenerationId, result.SeenAt is not null)));
        Assert.Empty(_warnings);

        await SaveAsync(done);

        Assert.StartsWith(item.Kinds[0] + "/", done.Result[0].MediaType, StringComparison.Ordinal);
        Assert.Equal(new FileInfo(done.Result[0].Path!).Length, done.Result[0].Size);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Wait_EachLook_TellsTimesProgressAndTheAnswerItself(string name)
    {
        GenerationCase item = GenerationCases.Named(name);

        ChatGeneration task = await SubmitAsync(item, "a fox");
        ChatGeneration done = await WaitAsync(task);

        Assert.All([task, .. _seen], seen =>
        {
            Assert.True(JsonDocument.Parse(seen.Raw).RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
            Assert.All(new[] { seen.SubmittedAt, seen.StartedAt, seen.FinishedAt }.OfType<DateTimeOffset>(), time =>
            {
                Assert.Equal(TimeSpan.Zero, time.Offset);
                Assert.InRange(time, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            });
        });
        Assert.NotNull(task.SubmittedAt);
        Assert.NotNull(done.FinishedAt);
        Assert.Contains(_seen, seen => seen.Status is ChatGenerationStatus.NotStarted or ChatGenerationStatus.Running);
        Assert.All(_seen, seen => Assert.True(seen.Progress is null or (>= 0 and <= 100)));
        if (item.TellsProgress)
        {
            Assert.Contains(_seen, seen => seen is { Status: ChatGenerationStatus.Running, Progress: > 1 and < 100 });
        }
        else
        {
            Assert.All(_seen, seen => Assert.Null(seen.Progress));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Submit_Refused_IsAnErrorAndSentOnce(string name)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SubmitAsync(GenerationCases.Named(name), "a fox [refuse]"));

        Assert.Equal(1, _sandbox.RequestCount);
        Assert.NotEmpty(failure.Message);
        Assert.DoesNotContain("did not say why", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Wait_TaskThatFails_SaysWhy(string name)
    {
        GenerationCase item = GenerationCases.Named(name);

        ChatGeneration done = await WaitAsync(await SubmitAsync(item, "a fox [fail]"));

        Assert.Equal(ChatGenerationStatus.Failed, done.Status);
        Assert.Equal(item.TellsWhy, done.FailReason != "The service does not say why.");
        Assert.NotEmpty(done.FailReason!);
        Assert.True(done.Result.Count < item.Kinds.Length);
        Assert.Empty(_warnings);
    }

    [Theory]
    [MemberData(nameof(WithWords))]
    public async Task Wait_WordThatNobodyKnows_CountsAsRunningAndIsToldOnce(string name)
    {
        GenerationCase item = GenerationCases.Named(name);

        ChatGeneration one = await SubmitAsync(item, "a fox [odd]");
        ChatGeneration other = await SubmitAsync(item, "a hen [odd]");
        await WaitAsync(one, other);

        Assert.Contains("not known", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Contains(_seen, seen => seen.Status == ChatGenerationStatus.Running && seen.RawStatus is { } word && !StatusWords.TryRead(word, out _));
        Assert.Equal(2, _seen.Count(seen => seen.Status == ChatGenerationStatus.Succeeded));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Wait_IdThatIsNotKnownYet_IsNoError(string name)
    {
        ChatGeneration done = await WaitAsync(await SubmitAsync(GenerationCases.Named(name), "a fox [late]"));

        Assert.Equal(ChatGenerationStatus.Succeeded, done.Status);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Wait_TaskThatVanishes_IsAnError(string name)
    {
        ChatGeneration task = await SubmitAsync(GenerationCases.Named(name), "a fox [vanish]");
        DateTimeOffset began = _time.GetUtcNow();

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => WaitAsync(task));

        Assert.InRange(_time.GetUtcNow() - began, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2));
        Assert.NotEmpty(failure.RecommendedAction);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Wait_IdThatNobodyKnows_IsAnErrorAfterHalfAMinute(string name)
    {
        DateTimeOffset began = _time.GetUtcNow();

        await Assert.ThrowsAsync<ChatServiceException>(() => WaitAsync(GenerationCases.Named(name).Known("no-such-task")));

        Assert.InRange(_time.GetUtcNow() - began, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2));
        Assert.Empty(_seen);
    }

    [Theory]
    [MemberData(nameof(ThatCanBeEmpty))]
    public async Task Wait_DoneBeforeTheAddressIsThere_WaitsForIt(string name)
    {
        GenerationCase item = GenerationCases.Named(name);

        ChatGeneration done = await WaitAsync(await SubmitAsync(item, "a fox [empty]"));

        Assert.Contains(_seen, seen => seen is { Status: ChatGenerationStatus.Succeeded, Result.Count: 0 });
        Assert.Equal(item.Kinds, done.Result.Select(result => result.Kind));
        Assert.Empty(_warnings);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Look_AddressThatHasExpired_GivesAnother(string name)
    {
        ChatGeneration done = await WaitAsync(await SubmitAsync(GenerationCases.Named(name), "a fox [expired]"));

        await Assert.ThrowsAsync<ChatServiceException>(() => SaveAsync(done));
        ChatGeneration again = await Service.LookAsync(done, _settings, default);
        await SaveAsync(again);

        Assert.Equal(ChatGenerationStatus.Succeeded, again.Status);
        Assert.NotNull(again.Result[0].Path);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Wait_TimeIsOver_LeavesTheTaskAsItIs(string name)
    {
        GenerationCase item = GenerationCases.Named(name);
        ChatGeneration task = await SubmitAsync(item, "a fox [slow]");
        using CancellationTokenSource over = new();

        Task wait = _waiter.WaitAsync(Service, task, _settings, seen => See(seen, () => _seen.Count > 5, over), over.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await _time.SkipWaitsAsync(wait, Timeout.InfiniteTimeSpan).WaitAsync(Engine.Patience);
            await wait;
        });

        Assert.Equal(ChatGenerationStatus.Running, (await Service.LookAsync(item.Known(task.Id), _settings, default)).Status);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Stop_WhereTheFamilyCan_CancelsElseNothingIsSent(string name)
    {
        GenerationCase item = GenerationCases.Named(name);
        ChatGeneration task = await SubmitAsync(item, "a fox [slow]");
        long sent = _sandbox.RequestCount;
        IGenerationFamily family = KnownGenerations.All.Single(family => family.Service == item.Service);

        if (family is IGenerationStop stop && stop.CanStop(item.Form))
        {
            ChatGeneration stopped = await Service.StopAsync(task, force: false, _settings, default);

            Assert.Equal((task.Id, ChatGenerationStatus.Cancelled), (stopped.Id, stopped.Status));
            Assert.NotNull(stopped.FinishedAt);
        }
        else
        {
            ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Service.StopAsync(task, force: false, _settings, default));

            Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
            Assert.Equal(sent, _sandbox.RequestCount);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Wait_AfterTheSessionWasKilled_GoesOnByTheIdAlone(string name)
    {
        GenerationCase item = GenerationCases.Named(name);
        string id = (await SubmitAsync(item, "a fox")).Id;
        int handedIn = _sandbox.GetRequests().Count;
        using ServiceConnection later = Engine.Connect(_sandbox);

        ChatGeneration done = await WaitAsync(later, item.Known(id));

        Assert.Equal((id, ChatGenerationStatus.Succeeded), (done.Id, done.Status));
        Assert.Equal(item.Kinds, done.Result.Select(result => result.Kind));
        Assert.Equal(item.TellsTimes, done.SubmittedAt is not null);
        Assert.DoesNotContain(_sandbox.GetRequests().Skip(handedIn), request => request.Body.Contains("a fox", StringComparison.Ordinal));
    }

    private Task<ChatGeneration> SubmitAsync(GenerationCase item, string prompt) => Service.SubmitAsync(item.Ask(prompt), _settings, default).WaitAsync(Engine.Patience);

    private Task<ChatGeneration> WaitAsync(ChatGeneration task) => WaitAsync(_connection, task);

    private async Task<ChatGeneration> WaitAsync(ServiceConnection connection, ChatGeneration task)
    {
        Task<ChatGeneration> wait = _waiter.WaitAsync(connection.Generations, task, _settings, seen => See(seen), default);
        await _time.SkipWaitsAsync(wait, Timeout.InfiniteTimeSpan).WaitAsync(Engine.Patience);
        return await wait;
    }

    private async Task WaitAsync(params ChatGeneration[] tasks)
    {
        Task all = Task.WhenAll(tasks.Select(task => _waiter.WaitAsync(Service, task, _settings, seen => See(seen), default)));
        await _time.SkipWaitsAsync(all, Timeout.InfiniteTimeSpan).WaitAsync(Engine.Patience);
        await all;
    }

    private void See(ChatGeneration seen, Func<bool>? isEnough = null, CancellationTokenSource? over = null)
    {
        lock (_seen)
        {
            _seen.Add(seen);
        }

        if (isEnough?.Invoke() == true)
        {
            over!.Cancel();
        }
    }

    private Task SaveAsync(ChatGeneration task) =>
        MediaSaver.InFolder(_folder, force: false, MediaSaver.DefaultMaxBytes).SaveAsync(task.Result[0], 0, 0, () => _connection, _settings, default).WaitAsync(Engine.Patience);
}
