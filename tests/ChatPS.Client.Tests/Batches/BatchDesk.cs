using System.Text;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Batches;

/// <summary>A sandbox, a connection to it, and the engine of its dialect, with what the tests do again and again.</summary>
internal sealed class BatchDesk : IDisposable
{
    private const int MostLooks = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-batches").FullName;
    private readonly SandboxServer _server;

    public BatchDesk(BatchEngineCase one, SandboxOptions? options = null)
    {
        Case = one;
        _server = SandboxServer.Start(options ?? new SandboxOptions());
        Connection = one.Connect(_server);
        Engine = Connection.Require<IBatchEngine>("batches");
    }

    public BatchEngineCase Case { get; }

    public ServiceConnection Connection { get; }

    public IBatchEngine Engine { get; }

    public SandboxServer Server => _server;

    /// <summary>Writes a part of prompts, whose ids are <c>r-1</c>, <c>r-2</c> and so on.</summary>
    public BatchOrder Write(string name, params string[] prompts)
    {
        string path = Path.Combine(_folder, name + ".jsonl");
        using (FileStream file = File.Create(path))
        {
            for (int at = 0; at < prompts.Length; at++)
            {
                Engine.Write(file, "r-" + (at + 1), Case.Kind, "sandbox-mini", Body(prompts[at]));
            }
        }

        return new BatchOrder(name, path, prompts.Length, Case.Kind, "sandbox-mini") { AskedAt = DateTimeOffset.UtcNow };
    }

    public ArraySegment<byte> Body(string prompt) => ((IChatProtocol)Connection.Dialect).ToJson(Tests.Engine.Ask(prompt) with { MaxTokens = 50 }, Connection.Settings, CallSettings.None);

    public async Task<BatchOrder> UploadAsync(BatchOrder order) => order with { FileId = await Engine.UploadAsync(Connection, order, CallSettings.None, CancellationToken.None) };

    public Task<BatchJob> StartAsync(BatchOrder order) => Engine.StartAsync(Connection, order, CallSettings.None, CancellationToken.None);

    public async Task<BatchJob> RunAsync(BatchOrder order) => await StartAsync(await UploadAsync(order));

    public Task<BatchJob> LookAsync(string id) => Engine.GetAsync(Connection, id, CallSettings.None, CancellationToken.None);

    public Task<IReadOnlyList<BatchJob>> FindAsync(BatchOrder order, params string[] known) => Engine.FindAsync(Connection, order, known, CallSettings.None, CancellationToken.None);

    /// <summary>Looks until the service is done.</summary>
    public async Task<BatchJob> WaitAsync(BatchJob job)
    {
        for (int looks = 0; !IsDone(job); looks++)
        {
            Assert.InRange(looks, 0, MostLooks);
            job = await LookAsync(job.Id);
        }

        return job;
    }

    /// <summary>Fetches all results of a job, line by line.</summary>
    public async Task<IReadOnlyList<byte[]>> LinesAsync(BatchJob job)
    {
        List<byte[]> lines = [];
        foreach (string result in job.Results)
        {
            using MemoryStream target = new();
            await Engine.DownloadAsync(Connection, job, result, target, CallSettings.None, CancellationToken.None);
            lines.AddRange(Encoding.UTF8.GetString(target.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes));
        }

        return lines;
    }

    public async Task<IReadOnlyDictionary<string, BatchResult>> ResultsAsync(BatchJob job) =>
        (await LinesAsync(job)).Select(line => Engine.Read(line)).OfType<BatchResult>().ToDictionary(result => result.Id, StringComparer.Ordinal);

    /// <summary>The text of an answer, read as the live one would be.</summary>
    public string TextOf(BatchResult result) => ((IChatProtocol)Connection.Dialect).Restore(
        result.Body!, isStream: false, Tests.Engine.Ask(), new CheckpointOrigin(new CheckpointRecord { Raw = result.Body!, At = DateTimeOffset.UnixEpoch }, Connection.Settings, CallSettings.None)).Text;

    public static bool IsDone(BatchJob job) => job.Status is ChatBatchStatus.Completed or ChatBatchStatus.Failed or ChatBatchStatus.Expired or ChatBatchStatus.Cancelled;

    public void Dispose()
    {
        Connection.Dispose();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
