using System.Text;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;

namespace ChatPS.Client.Tests;

/// <summary>A part of a batch on the disk, written by the engine of its connection, and worked off at once.</summary>
internal sealed class BatchPartFile : IDisposable
{
    private readonly ServiceConnection _connection;
    private readonly string _path = Path.GetTempFileName();

    public BatchPartFile(ServiceConnection connection, params string[] prompts)
        : this(connection, ChatBatchKind.Chat, [.. prompts.Select(prompt => connection.Dialect.Offer<IChatProtocol>()!.ToJson(Engine.Ask(prompt), connection.Settings, CallSettings.None))])
    {
    }

    public BatchPartFile(ServiceConnection connection, ChatBatchKind kind, IReadOnlyList<ArraySegment<byte>> bodies)
    {
        _connection = connection;
        Bodies = bodies;
        BatchEngine = connection.Require<IBatchEngine>("batches");
        using FileStream file = File.Create(_path);
        foreach (ArraySegment<byte> body in bodies)
        {
            Ids.Add(new BatchRequestId("k3f9a2c1", Ids.Count + 1, RequestKey.Of("test", [.. body]), 1).ToString());
            BatchEngine.Write(file, Ids[^1], kind, "sandbox-mini", body);
        }

        file.Dispose();
        Order = new BatchOrder("k3f9a2c1-1", _path, bodies.Count, kind, "sandbox-mini") { AskedAt = DateTimeOffset.UtcNow };
    }

    public IBatchEngine BatchEngine { get; }

    public BatchOrder Order { get; private set; }

    public List<string> Ids { get; } = [];

    public IReadOnlyList<ArraySegment<byte>> Bodies { get; }

    public string[] Lines => File.ReadAllLines(_path, Encoding.UTF8);

    /// <summary>Makes the bodies of requests for the vector of one text each.</summary>
    public static BatchPartFile OfTexts(ServiceConnection connection, params string[] texts) => new(
        connection, ChatBatchKind.Embedding, [.. texts.Select(text => new ArraySegment<byte>(connection.Embeddings.ToJson(new EmbeddingRequest { Texts = [text] }, CallSettings.None)))]);

    public async Task<BatchJob> StartAsync()
    {
        Order = Order with { FileId = await BatchEngine.UploadAsync(_connection, Order, CallSettings.None, CancellationToken.None) };
        return await BatchEngine.StartAsync(_connection, Order, CallSettings.None, CancellationToken.None);
    }

    public async Task<BatchJob> EndAsync(BatchJob job)
    {
        for (int looks = 0; looks < 10 && job.Status is ChatBatchStatus.InProgress or ChatBatchStatus.Cancelling; looks++)
        {
            job = await BatchEngine.GetAsync(_connection, job.Id, CallSettings.None, CancellationToken.None);
        }

        return job;
    }

    /// <summary>Fetches the results of a job that has ended, in the service's order.</summary>
    public async Task<List<BatchResult?>> ResultsAsync(BatchJob job)
    {
        List<BatchResult?> results = [];
        foreach (string result in job.Results)
        {
            using MemoryStream target = new();
            await BatchEngine.DownloadAsync(_connection, job, result, target, CallSettings.None, CancellationToken.None);
            results.AddRange(Encoding.UTF8.GetString(target.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => BatchEngine.Read(Encoding.UTF8.GetBytes(line))));
        }

        return results;
    }

    public async Task<List<BatchResult?>> RunAsync() => await ResultsAsync(await EndAsync(await StartAsync()));

    public void Dispose() => File.Delete(_path);
}
