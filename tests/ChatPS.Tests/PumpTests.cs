using ChatPS.Scheduling;

namespace ChatPS.Tests;

public sealed class PumpTests
{
    private const int Room = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task RunUntil_ManyActions_KeepTheirOrderAndRunOnTheCallersThread()
    {
        Pump pump = new();
        List<int> seen = [];
        HashSet<int> threads = [];

        int caller = await OnThread(() =>
        {
            pump.RunUntil(Task.Run(async () =>
            {
                for (int i = 0; i < 10_000; i++)
                {
                    int number = i;
                    await pump.PostAsync(() => Note(number), CancellationToken.None);
                }
            }));
            return Environment.CurrentManagedThreadId;
        });

        Assert.Equal(Enumerable.Range(0, 10_000), seen);
        Assert.Equal([caller], threads);

        void Note(int number)
        {
            seen.Add(number);
            threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    [Fact]
    public async Task RunUntil_TaskThatIsOver_StillDoesWhatItLeft()
    {
        Pump pump = new();
        List<string> seen = [];
        pump.Post(() => seen.Add("a"));
        await pump.PostAsync(() => seen.Add("b"), CancellationToken.None);

        await OnThread(() => pump.RunUntil(Task.CompletedTask));

        Assert.Equal(["a", "b"], seen);
    }

    [Fact]
    public async Task RunUntil_TaskFails_DoesWhatItLeftAndDoesNotThrow()
    {
        Pump pump = new();
        List<string> seen = [];

        await OnThread(() => pump.RunUntil(Task.Run(async () =>
        {
            await pump.PostAsync(() => seen.Add("a"), CancellationToken.None);
            throw new InvalidOperationException();
        })));

        Assert.Equal(["a"], seen);
    }

    [Fact]
    public async Task RunUntil_ActionThrows_PassesItOnAndLeavesTheRest()
    {
        Pump pump = new();
        List<string> seen = [];
        pump.Post(() => seen.Add("a"));
        pump.Post(() => throw new InvalidOperationException("enough"));
        pump.Post(() => seen.Add("c"));

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => OnThread(() => pump.RunUntil(Task.CompletedTask)));

        Assert.Equal("enough", failure.Message);
        Assert.Equal(["a"], seen);
    }

    [Fact]
    public async Task RunUntil_ActionPosts_DoesThatToo()
    {
        Pump pump = new();
        List<string> seen = [];
        pump.Post(() =>
        {
            seen.Add("a");
            pump.Post(() => seen.Add("b"));
        });

        await OnThread(() => pump.RunUntil(Task.CompletedTask));

        Assert.Equal(["a", "b"], seen);
    }

    [Fact]
    public async Task PostAsync_NoRoomLeft_WaitsUntilThePipelineTakesOne()
    {
        Pump pump = new();
        int done = 0;
        for (int i = 0; i < Room; i++)
        {
            Assert.True(pump.PostAsync(() => done++, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        }

        Task waiting = pump.PostAsync(() => done++, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.True(pump.RunWaiting());
        await waiting.WaitAsync(Patience);

        Assert.Equal(Room, done);
        Assert.True(pump.RunWaiting());
        Assert.False(pump.RunWaiting());
        Assert.Equal(Room + 1, done);
    }

    [Fact]
    public async Task PostAsync_CancelledWhileItWaits_HandsNothingOver()
    {
        Pump pump = new();
        int done = 0;
        for (int i = 0; i < Room; i++)
        {
            await pump.PostAsync(() => done++, CancellationToken.None);
        }

        using CancellationTokenSource stop = new();
        Task waiting = pump.PostAsync(() => done++, stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        while (pump.RunWaiting())
        {
            // Until nothing is left.
        }

        Assert.Equal(Room, done);
    }

    [Fact]
    public async Task Post_NoRoomLeft_DoesNotWait()
    {
        Pump pump = new();
        int done = 0;
        for (int i = 0; i < 3 * Room; i++)
        {
            pump.Post(() => done++);
        }

        await OnThread(() => pump.RunUntil(Task.CompletedTask));

        Assert.Equal(3 * Room, done);
    }

    [Fact]
    public async Task RunUntil_ManyProducersOverAndOver_MissesNoWakeUp()
    {
        for (int round = 0; round < 300; round++)
        {
            Pump pump = new();
            int done = 0;

            await OnThread(() => pump.RunUntil(Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    await pump.PostAsync(() => done++, CancellationToken.None);
                    await Task.Yield();
                }
            })))));

            Assert.Equal(80, done);
        }
    }

    [Fact]
    public async Task RunUntil_MoreThanThereIsRoomFromMany_AllIsDone()
    {
        Pump pump = new();
        int done = 0;

        await OnThread(() => pump.RunUntil(Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 2 * Room; i++)
            {
                await pump.PostAsync(() => done++, CancellationToken.None);
            }
        })))));

        Assert.Equal(8 * 2 * Room, done);
    }

    private static Task<bool> OnThread(Action action) => OnThread(() =>
    {
        action();
        return true;
    });

    private static Task<T> OnThread<T>(Func<T> function) =>
        Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Patience);
}
