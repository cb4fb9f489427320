using System.Text;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Batches;

/// <summary>A service of batches in memory. It outlives the processes that use it, which can be killed before and after each thing that it does.</summary>
internal sealed class FakeBatches : IBatchEngine
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string[]> _files = [];
    private int _steps;

    /// <summary>Gets the jobs in the order in which they were started.</summary>
    public List<Job> Jobs { get; } = [];

    /// <summary>Gets or sets after how many steps from now on the process dies; null for never.</summary>
    public int? KillAfter { get; set; }

    /// <summary>Gets or sets how large a part may be. Where parts start one by one, jobs keep no names, and are found by their size.</summary>
    public BatchLimits Size { get; set; } = new(3, 1_000_000);

    /// <summary>Gets or sets how many requests the queue holds.</summary>
    public int Queue { get; set; } = int.MaxValue;

    /// <summary>Gets or sets what a start fails with once the job is there; null for nothing.</summary>
    public Func<ChatServiceException>? LoseAnswer { get; set; }

    /// <summary>Gets or sets what a start fails with before there is a job; null for nothing.</summary>
    public Func<ChatServiceException>? Refuse { get; set; }

    /// <summary>Gets or sets why the service finds a part unfit; null for nothing.</summary>
    public Func<string[], string?> Unfit { get; set; } = _ => null;

    /// <summary>Gets or sets the id of a job that the service does not know any more; null for none.</summary>
    public string? Gone { get; set; }

    /// <summary>Gets or sets the id of every job; null for one each.</summary>
    public string? OnlyId { get; set; }

    /// <summary>Gets or sets how many looks at a job that is done do not tell yet where its results lie.</summary>
    public int LateResults { get; set; }

    /// <summary>Gets or sets what changes the answer of a look; null for nothing.</summary>
    public Func<BatchJob, BatchJob>? Twist { get; set; }

    /// <summary>Gets or sets how many looks a job takes.</summary>
    public int LooksNeeded { get; set; } = 2;

    /// <summary>Gets how many looks, uploads and starts there were.</summary>
    public List<string> Calls { get; } = [];

    public IReadOnlyCollection<string> Uploaded => _files.Keys;

    /// <summary>Gets the ids of the requests that the service has worked on.</summary>
    public IReadOnlyList<string> Done => [.. Jobs.Where(job => job.Status == ChatBatchStatus.Completed).SelectMany(job => job.Ids)];

    public static ServiceConnection Connect() => Engine.Connect(new Uri("http://127.0.0.1:9/v1"));

    public void Revive(int? killAfter)
    {
        _steps = 0;
        KillAfter = killAfter;
    }

    public BatchLimits Limits(ChatBatchKind kind) => Size;

    public bool Takes(ChatBatchKind kind) => true;

    public void Require(ServiceConnection connection, IReadOnlyDictionary<string, string> metadata, TimeSpan? expiresAfter)
    {
    }

    public void Write(Stream target, string id, ChatBatchKind kind, string model, ArraySegment<byte> body)
    {
        Step();
        byte[] start = Encoding.UTF8.GetBytes($"{id} ");
        target.Write(start);
        target.Write(body);
        target.WriteByte((byte)'\n');
    }

    public Task<string?> UploadAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken) => Do("upload", () =>
    {
        _files[order.Name] = File.ReadAllLines(order.Path);
        Assert.Equal(order.Requests, _files[order.Name].Length);
        return (string?)order.Name;
    });

    public Task<BatchJob> StartAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken)
    {
        if (Refuse is { } refuse)
        {
            Refuse = null;
            throw refuse();
        }

        Task<BatchJob> started = Do("start", () =>
        {
            Job job = new(OnlyId ?? $"job-{Jobs.Count + 1}", order.Name, [.. _files[order.FileId!].Select(line => line.Split(' ')[0])], _files[order.FileId!]);
            Jobs.Add(job);
            return ToJob(job);
        });
        if (LoseAnswer is { } lose)
        {
            LoseAnswer = null;
            throw lose();
        }

        return started;
    }

    public Task<IReadOnlyList<BatchJob>> FindAsync(ServiceConnection connection, BatchOrder order, IReadOnlyCollection<string> known, CallSettings settings, CancellationToken cancellationToken) => Do("find", () =>
    {
        Assert.NotNull(order.AskedAt);
        return (IReadOnlyList<BatchJob>)[.. Jobs.Where(job => (Size.StartsOneByOne ? job.Ids.Length == order.Requests : job.Name == order.Name) && !known.Contains(job.Id)).Select(ToJob)];
    });

    public Task<BatchJob> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) => Do("look " + id, () =>
    {
        Job job = Jobs.Single(job => job.Id == id);
        if (id == Gone)
        {
            throw new ChatServiceException(ErrorIds.InvalidRequest, "No such batch.", "Look.") { StatusCode = 404 };
        }

        if (job.Status == ChatBatchStatus.Validating)
        {
            int queued = Jobs.Where(other => other.Status == ChatBatchStatus.InProgress).Sum(other => other.Ids.Length);
            job.IsQueueFull = queued + job.Ids.Length > Queue;
            job.Reason = job.IsQueueFull ? "Enqueued token limit reached." : Unfit(job.Lines);
            job.Status = job.Reason is null ? ChatBatchStatus.InProgress : ChatBatchStatus.Failed;
        }
        else if (job.Status == ChatBatchStatus.InProgress && ++job.Looks >= LooksNeeded)
        {
            job.Status = ChatBatchStatus.Completed;
        }
        else if (job.Status == ChatBatchStatus.Cancelling)
        {
            job.Status = ChatBatchStatus.Cancelled;
        }

        BatchJob told = ToJob(job);
        told = told.Status == ChatBatchStatus.Completed && LateResults-- > 0 ? told with { Results = [] } : told;
        return Twist?.Invoke(told) ?? told;
    });

    public async IAsyncEnumerable<BatchJob> ListAsync(ServiceConnection connection, int? first, CallSettings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (Job job in Jobs.AsEnumerable().Reverse().Take(first ?? int.MaxValue))
        {
            yield return ToJob(job);
        }
    }

    public Task<BatchJob> StopAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) => Do("stop " + id, () =>
    {
        Job job = Jobs.Single(job => job.Id == id);
        job.Status = ChatBatchStatus.Cancelling;
        return ToJob(job);
    });

    public Task DownloadAsync(ServiceConnection connection, BatchJob job, string result, Stream target, CallSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    public string? ReadId(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line).Split(' ')[0];

    public BatchResult? Read(ReadOnlySpan<byte> line) => throw new NotSupportedException();

    // Dead processes do nothing more: neither what they began nor what runs beside it.
    private void Step()
    {
        if (KillAfter is { } most && _steps++ >= most)
        {
            throw new KilledException();
        }
    }

    private Task<T> Do<T>(string what, Func<T> work)
    {
        lock (_lock)
        {
            Step();
            Calls.Add(what);
            T result = work();
            Step();
            return Task.FromResult(result);
        }
    }

    private static BatchJob ToJob(Job job) => new(job.Id, job.Status)
    {
        Name = job.Name,
        Total = job.Ids.Length,
        Completed = job.Status == ChatBatchStatus.Completed ? job.Ids.Length : 0,
        Reason = job.Reason,
        IsQueueFull = job.IsQueueFull,
        Results = job.Status == ChatBatchStatus.Completed ? ["out-" + job.Id] : [],
        Raw = $$"""{"id":"{{job.Id}}"}""",
    };

    internal sealed class Job(string id, string name, string[] ids, string[] lines)
    {
        public string Id => id;

        public string Name => name;

        public string[] Ids => ids;

        public string[] Lines => lines;

        public ChatBatchStatus Status { get; set; } = ChatBatchStatus.Validating;

        public string? Reason { get; set; }

        public bool IsQueueFull { get; set; }

        public int Looks { get; set; }
    }

    internal sealed class KilledException : Exception;
}
