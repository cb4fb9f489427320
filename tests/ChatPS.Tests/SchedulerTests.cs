using ChatPS.Client.Faults;
using ChatPS.Scheduling;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Tests;

/// <summary>Whatever the items do, and in whatever order they end, each comes out once, in its turn.</summary>
public sealed class SchedulerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly Gen<Item> Items =
        from fails in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from pieces in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 5)))
        from atOnce in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from rank in Gen.Choose(0, 1000)
        select new Item(fails, pieces, atOnce, rank);

    private static readonly Gen<Run> Runs =
        from items in Items.ListOf()
        from most in Gen.Choose(1, 9)
        from asCompleted in Gen.Elements(true, false)
        from enough in Gen.Choose(1, 30)
        select new Run([.. items], most, asCompleted, enough);

    [Fact]
    public void Run_AnyItemsAndLatencies_EachIsAnsweredOnceAndInOrder() => Check.One(Settings, Prop.ForAll(Arb.From(Runs), run =>
    {
        using Lab lab = new(run, new RecordingSink());

        int caller = lab.Work();

        Assert.Equal(0, lab.Running);
        Assert.InRange(lab.MostRunning, 0, run.Most);
        Assert.Subset(new HashSet<int> { caller }, lab.Sink.Threads);
        IEnumerable<(int Item, int Piece)> written = lab.Sink.Objects.Cast<(int Item, int Piece)>();
        IEnumerable<(int Item, int Piece)> due = run.Items.SelectMany((item, place) => Enumerable.Range(0, item.Pieces + (item.Fails ? 0 : 1)).Select(piece => (place, piece)));
        IEnumerable<int> failed = lab.Sink.Failures.Select(failure => (int)failure.Target!);
        IEnumerable<int> dueToFail = run.Items.Select((item, place) => (item, place)).Where(pair => pair.item.Fails).Select(pair => pair.place);
        Assert.Equal(due, run.AsCompleted ? written.OrderBy(piece => piece.Item) : written);
        Assert.Equal(dueToFail, run.AsCompleted ? failed.Order() : failed);
        Assert.Equal((run.Items.Length - dueToFail.Count(), dueToFail.Count(), 0), (lab.Scheduler.Done, lab.Scheduler.Failed, lab.Scheduler.UnderWay));
    }));

    [Fact]
    public void Run_PipelineHasHadEnough_NothingIsWrittenTwiceAndNothingStaysBehind() => Check.One(Settings, Prop.ForAll(Arb.From(Runs), run =>
    {
        using Lab lab = new(run, new RecordingSink { Enough = run.Enough });

        lab.Work();

        Assert.Equal(0, lab.Running);
        Assert.InRange(lab.Sink.Objects.Count, 0, run.Enough);
        Assert.Equal(lab.Sink.Objects.Count, lab.Sink.Objects.Distinct().Count());
    }));

    [Fact]
    public void Run_Cancelled_WhatWasWrittenIsTheBeginningAndNothingStaysBehind() => Check.One(Settings, Prop.ForAll(Arb.From(Runs), run =>
    {
        using Lab lab = new(run, new RecordingSink()) { CancelAfter = run.Enough };

        lab.Work();

        Assert.Equal(0, lab.Running);
        List<int> written = [.. lab.Sink.Objects.Cast<(int Item, int Piece)>().Select(piece => piece.Item).Concat(lab.Sink.Failures.Select(failure => (int)failure.Target!)).Distinct().Order()];
        if (!run.AsCompleted)
        {
            Assert.Equal(Enumerable.Range(0, written.Count), written);
        }
    }));

    [Fact]
    public void Run_BudgetIsUsedUp_WhatIsUnderWayLeavesBeforeTheEnd()
    {
        RecordingSink sink = new();
        Scheduler scheduler = new(sink, 8, asCompleted: false, CancellationToken.None);
        TaskCompletionSource<object?> late = new();
        ChatServiceException used = new(ErrorIds.BudgetExceeded, "used up", "raise it");
        scheduler.Run(0, (_, _) => Task.FromResult<object?>("first"));
        scheduler.Run(1, async (_, _) =>
        {
            await late.Task;
            throw used;
        });
        scheduler.Run(2, (_, _) => late.Task);
        scheduler.Run(3, (_, _) => Task.FromException<object?>(used));
        late.SetResult("paid for");

        ChatServiceException end = Assert.Throws<ChatServiceException>(scheduler.FinishAll);

        Assert.Same(used, end);
        Assert.Equal(["first", "paid for"], sink.Objects);
        Assert.Empty(sink.Failures);
    }

    [Fact]
    public void Run_BatchWithErrors_CountsItsItems()
    {
        RecordingSink sink = new();
        Scheduler scheduler = new(sink, 8, asCompleted: false, CancellationToken.None);

        scheduler.Run(null, (output, _) =>
        {
            output.Fail("a", new ChatServiceException(ErrorIds.ServerError, "", ""));
            return Task.FromResult<object?>(null);
        }, 3);
        scheduler.FinishAll();

        Assert.Equal((2, 1), (scheduler.Done, scheduler.Failed));
        Assert.Equal([(ErrorIds.ServerError, (object?)"a")], sink.Failures);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_WorkThrowsAnything_IsTheErrorOfItsItem(bool asCompleted)
    {
        RecordingSink sink = new();
        Scheduler scheduler = new(sink, 8, asCompleted, CancellationToken.None);

        scheduler.Run("a", (_, _) => Task.FromResult<object?>("A"));
        scheduler.Run("b", (_, _) => Task.FromException<object?>(new InvalidDataException("odd")));
        scheduler.Run("c", (_, _) => throw new OverflowException("at once"));
        scheduler.Run("d", (_, _) => Task.FromException<object?>(new OperationCanceledException("by nobody")));
        scheduler.Run("e", (output, _) =>
        {
            output.EmitMade("e", () => throw new InvalidCastException("made"));
            return Task.FromResult<object?>(null);
        });
        scheduler.Run("f", (_, _) => Task.FromResult<object?>("F"));
        scheduler.FinishAll();

        // As they are completed, both may be done at once.
        IEnumerable<string> texts = sink.Objects.Cast<string>();
        Assert.Equal(["A", "F"], asCompleted ? texts.Order(StringComparer.Ordinal) : texts);
        Assert.Equal(["b", "c", "d", "e"], sink.Failures.Select(failure => (string)failure.Target!).Order(StringComparer.Ordinal));
        Assert.All(sink.Failures, failure => Assert.Equal(ErrorIds.InternalError, failure.ErrorId));
        Assert.Equal((2, 4), (scheduler.Done, scheduler.Failed));
    }

    [Fact]
    public void Run_Cancelled_EndsInsteadOfFailingItems()
    {
        RecordingSink sink = new();
        using CancellationTokenSource stopping = new();
        Scheduler scheduler = new(sink, 8, asCompleted: false, stopping.Token);
        TaskCompletionSource<object?> never = new();
        scheduler.Run("a", (_, token) => never.Task.WaitAsync(token));

        stopping.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(scheduler.FinishAll);
        Assert.Empty(sink.Failures);
    }

    private sealed record Item(bool Fails, int Pieces, bool AtOnce, int Rank);

    private sealed record Run(Item[] Items, int Most, bool AsCompleted, int Enough);

    /// <summary>Lets items end in the order of their ranks, from another thread, while the scheduler works.</summary>
    private sealed class Lab(Run run, RecordingSink sink) : IDisposable
    {
        private readonly object _lock = new();
        private readonly List<(int Rank, TaskCompletionSource Gate)> _waiting = [];
        private readonly CancellationTokenSource _stopping = new();
        private bool _isOver;
        private int _released;

        public RecordingSink Sink => sink;

        public Scheduler Scheduler { get; private set; } = null!;

        public int CancelAfter { get; init; } = int.MaxValue;

        public int Running { get; private set; }

        public int MostRunning { get; private set; }

        public int Work()
        {
            Scheduler = new Scheduler(sink, run.Most, run.AsCompleted, _stopping.Token);
            Thread service = new(Serve);
            service.Start();
            try
            {
                for (int place = 0; place < run.Items.Length; place++)
                {
                    (int number, Item item) = (place, run.Items[place]);
                    Scheduler.Run(number, (output, token) => DoAsync(number, item, output, token));
                }

                Scheduler.FinishAll();
            }
            catch (Exception exception) when (exception is RecordingSink.EnoughException or OperationCanceledException)
            {
                _stopping.Cancel();
                Scheduler.AwaitEnd(Patience);
            }

            lock (_lock)
            {
                _isOver = true;
                Monitor.PulseAll(_lock);
            }

            Assert.True(service.Join(Patience));
            return Environment.CurrentManagedThreadId;
        }

        public void Dispose() => _stopping.Dispose();

        private async Task<object?> DoAsync(int number, Item item, ItemOutput output, CancellationToken token)
        {
            lock (_lock)
            {
                Running++;
                MostRunning = Math.Max(MostRunning, Running);
            }

            try
            {
                for (int piece = 0; piece < item.Pieces; piece++)
                {
                    await output.EmitAsync((number, piece), token);
                }

                if (!item.AtOnce)
                {
                    await WaitAsync(item.Rank, token);
                }

                return item.Fails ? throw new ChatServiceException(ErrorIds.ServerError, "", "") : (number, item.Pieces);
            }
            finally
            {
                lock (_lock)
                {
                    Running--;
                }
            }
        }

        private Task WaitAsync(int rank, CancellationToken token)
        {
            TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _waiting.Add((rank, gate));
                Monitor.PulseAll(_lock);
            }

            return gate.Task.WaitAsync(token);
        }

        private void Serve()
        {
            lock (_lock)
            {
                while (true)
                {
                    while (_waiting.Count == 0 && !_isOver)
                    {
                        Monitor.Wait(_lock);
                    }

                    if (_isOver)
                    {
                        return;
                    }

                    (int Rank, TaskCompletionSource Gate) next = _waiting.MinBy(waiting => waiting.Rank);
                    _waiting.Remove(next);
                    if (++_released == CancelAfter)
                    {
                        _stopping.Cancel();
                    }

                    next.Gate.SetResult();
                }
            }
        }
    }
}
