using System.Runtime.CompilerServices;
using ChatPS.Client.BatchAnswers;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.BatchRequests;

/// <summary>The batches of one connection: those that were begun here, by the files of their states, and those of other programs, by their ids.</summary>
public sealed class BatchService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly ServiceConnection _connection;

    internal BatchService(ServiceConnection connection) => _connection = connection;

    private IBatchEngine Engine => _connection.Require<IBatchEngine>("batches");

    /// <summary>Names a file for a batch that gets no path of its own, and makes its folder.</summary>
    /// <returns>The full path.</returns>
    public static string NewPath()
    {
        string folder = ConfigurationFolder.Batches;
        PrivateFile.CreateFolder(folder);
        return Path.Combine(folder, FormattableString.Invariant($"{DateTime.Now:yyyyMMdd-HHmmss}-{BatchState.NewId()}.json"));
    }

    /// <summary>Finds the batches that were begun without a path of their own.</summary>
    /// <returns>The full paths, the youngest first.</returns>
    public static IReadOnlyList<string> KnownPaths() =>
        ConfigurationFolder.IsThere && Directory.Exists(ConfigurationFolder.Batches)
            ? [.. Directory.GetFiles(ConfigurationFolder.Batches, "*.json").OrderByDescending(path => path, StringComparer.Ordinal)]
            : [];

    /// <summary>Reads how far a batch was when it was seen last. Nothing is asked.</summary>
    /// <param name="path">The full path of the file of its state.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="ChatServiceException">There is none, or it cannot be read.</exception>
    public static ChatBatch Read(string path) => BatchMapper.ToBatch(BatchFile.Read(path), path);

    /// <summary>Looks at a batch.</summary>
    /// <param name="path">The full path of the file of its state.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The batch as it is.</returns>
    /// <exception cref="ChatServiceException">There is none, it is at another service, or a look failed.</exception>
    public async Task<ChatBatch> LookAsync(string path, CallSettings settings, CancellationToken cancellationToken)
    {
        using BatchFile file = BatchFile.View(path);
        BatchRun run = Run(file, settings);
        await run.LookAsync(cancellationToken);
        return run.Batch;
    }

    /// <summary>Uploads and starts what of a batch has not been.</summary>
    /// <param name="path">The full path of the file of its state.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The batch. Parts for which there is no room yet wait.</returns>
    /// <exception cref="ChatServiceException">There is none, it is at another service, or a part could not be started.</exception>
    public async Task<ChatBatch> StartAsync(string path, CallSettings settings, CancellationToken cancellationToken)
    {
        using BatchFile file = BatchFile.Open(path);
        BatchRun run = Run(file, settings);
        await run.StartAsync(cancellationToken);
        return run.Batch;
    }

    /// <summary>Asks again, in new parts, for what of a batch expired, was stopped, was never run, or failed in a way that may pass. What has an answer, or is under way, is not asked again.</summary>
    /// <param name="path">The full path of the file of its state.</param>
    /// <param name="settings">What the calls do otherwise; its warnings tell what is not asked again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The batch, whose new parts are started.</returns>
    /// <exception cref="ChatServiceException">There is none, its requests are not on this machine, or a part could not be started.</exception>
    public async Task<ChatBatch> RetryAsync(string path, CallSettings settings, CancellationToken cancellationToken)
    {
        using BatchFile file = BatchFile.Open(path);
        BatchRun run = Run(file, settings);
        await run.LookAsync(cancellationToken);
        run.RequireResults();
        BatchRetry retry = new(file, _connection, Engine);
        using (BatchResults results = await BatchResults.ReceiveAsync(file, _connection, Engine, settings, cancellationToken))
        {
            retry.Add(results, new BatchReader(_connection, file.State, settings).FailureOf);
        }

        if (retry.Withheld is { } withheld)
        {
            settings.Warning?.Invoke($"Not all that is missing is asked again: {withheld.Message}");
        }

        if (retry.Hopeless > 0)
        {
            settings.Warning?.Invoke($"{Counted.Of(retry.Hopeless, "request")} of '{path}' failed for what {(retry.Hopeless == 1 ? "it asks" : "they ask")}, and {(retry.Hopeless == 1 ? "is" : "are")} not asked again; Receive-ChatBatch tells the reasons.");
        }

        if (retry.Requests == 0 && file.State.Parts.TrueForAll(part => part.IsDone || part.IsUnderWay))
        {
            settings.Warning?.Invoke($"Of '{path}' nothing is asked again: all the rest has an answer, or is under way.");
        }

        await run.StartAsync(cancellationToken);
        return run.Batch;
    }

    /// <summary>Waits until the service is done with a batch, and starts what waits for its turn.</summary>
    /// <param name="path">The full path of the file of its state.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="seen">Hears of the batch after each round of looks. Called on any thread.</param>
    /// <param name="cancellationToken">Stops the wait. The service goes on.</param>
    /// <returns>The batch at its end.</returns>
    /// <exception cref="ChatServiceException">There is none, it is at another service, or the service tells no more of it.</exception>
    public async Task<ChatBatch> WaitAsync(string path, CallSettings settings, Action<ChatBatch> seen, CancellationToken cancellationToken)
    {
        using BatchFile file = BatchFile.Open(path);
        BatchRun run = Run(file, settings);
        run.Seen = seen;
        await run.WaitAsync(cancellationToken);
        return run.Batch;
    }

    /// <summary>Stops a batch.</summary>
    /// <param name="path">The full path of the file of its state.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The batch as it is then.</returns>
    /// <exception cref="ChatServiceException">There is none, it is at another service, or a part could not be stopped.</exception>
    public async Task<ChatBatch> StopAsync(string path, CallSettings settings, CancellationToken cancellationToken)
    {
        using BatchFile file = BatchFile.Open(path);
        BatchRun run = Run(file, settings);
        await run.StopAsync(cancellationToken);
        return run.Batch;
    }

    /// <summary>Lists the service's jobs, those of other programs included, page by page as they are needed.</summary>
    /// <param name="first">The most jobs; null for all.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The jobs, the youngest first.</returns>
    public async IAsyncEnumerable<ChatBatch> ListAsync(int? first, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BatchJob job in Engine.ListAsync(_connection, first, settings, cancellationToken))
        {
            yield return ToBatch(job);
        }
    }

    /// <summary>Looks at one of the service's jobs.</summary>
    /// <param name="id">The service's id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ChatServiceException">The service does not tell of it.</exception>
    public async Task<ChatBatch> LookAtJobAsync(string id, CallSettings settings, CancellationToken cancellationToken) =>
        ToBatch(await Engine.GetAsync(_connection, id, settings, cancellationToken));

    /// <summary>Waits until the service is done with one of its jobs.</summary>
    /// <param name="id">The service's id.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="seen">Hears of the job after each look. Called on any thread.</param>
    /// <param name="cancellationToken">Stops the wait. The service goes on.</param>
    /// <returns>The job at its end.</returns>
    /// <exception cref="ChatServiceException">The service does not tell of it.</exception>
    public async Task<ChatBatch> WaitForJobAsync(string id, CallSettings settings, Action<ChatBatch> seen, CancellationToken cancellationToken)
    {
        TimeSpan least = Engine.Limits(ChatBatchKind.Chat).Pause;
        return await new Polling(TimeProvider.System, least, LongestPause > least ? LongestPause : least).UntilDoneAsync(
            await LookAsync(), batch => !batch.IsDone, _ => LookAsync(), cancellationToken);

        async Task<ChatBatch> LookAsync()
        {
            ChatBatch batch = await LookAtJobAsync(id, settings, cancellationToken);
            seen(batch);
            return batch;
        }
    }

    /// <summary>Stops one of the service's jobs.</summary>
    /// <param name="id">The service's id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The job as it is then.</returns>
    /// <exception cref="ChatServiceException">The service does not stop it.</exception>
    public async Task<ChatBatch> StopJobAsync(string id, CallSettings settings, CancellationToken cancellationToken) =>
        ToBatch(await Engine.StopAsync(_connection, id, settings, cancellationToken));

    private ChatBatch ToBatch(BatchJob job) => BatchMapper.ToBatch(job, _connection.Settings.Name);

    private BatchRun Run(BatchFile file, CallSettings settings)
    {
        file.Require(_connection);
        return new BatchRun(file, _connection, Engine, settings, TimeProvider.System);
    }
}
