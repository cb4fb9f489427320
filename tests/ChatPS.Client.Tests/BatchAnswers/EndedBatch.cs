using System.Text;
using System.Text.Json;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Tests.BatchAnswers;

/// <summary>A batch on the disk that the service is done with, and whose results a test makes up.</summary>
internal sealed class EndedBatch : IBatchEngine, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-ended").FullName;
    private readonly Dictionary<string, List<string>> _results = new(StringComparer.Ordinal);

    public EndedBatch(int count, int mostRequests = int.MaxValue, ChatBatchKind kind = ChatBatchKind.Chat, string model = "m")
    {
        File = BatchFile.Create(Path.Combine(_folder, "night.json"), new BatchState
        {
            Id = "k3f9a2c1",
            For = kind,
            Connection = "Default",
            Address = "http://127.0.0.1:9/v1",
            Dialect = "OpenAI",
            Command = "Invoke-ChatCompletion",
        });
        using BatchDraft draft = new(File, this, mostRequests, mostTokens: null);
        for (int number = 1; number <= count; number++)
        {
            draft.Add(model, new ArraySegment<byte>(Encoding.UTF8.GetBytes($$"""{"prompt":{{number}}}""")), KeyOf(number), 1, 1, new BatchInput(0, number - 1, Engine.Json($"item {number}")));
        }

        draft.Complete("digest");
        foreach (BatchPart part in File.State.Parts)
        {
            End(part);
        }
    }

    public BatchFile File { get; }

    /// <summary>How often results were fetched.</summary>
    public int Downloads { get; private set; }

    /// <summary>What the service gives instead of the results; null for those. It may throw.</summary>
    public Func<string, string?>? Instead { get; set; }

    public BatchLimits Size { get; set; } = new(50_000, 200_000_000);

    public static RequestKey KeyOf(int number) => new(1, (ulong)number);

    public static string IdOf(int number) => new BatchRequestId("k3f9a2c1", number, KeyOf(number), 1).ToString();

    public static string Answer(string id, string body, int status = 200) =>
        $$$"""{"id":"r","custom_id":{{{Engine.Json(id)}}},"response":{"status_code":{{{status}}},"request_id":"req-1","body":{{{body}}}},"error":null}""";

    public static string Expired(string id) => $$$"""{"id":"r","custom_id":"{{{id}}}","response":null,"error":{"code":"batch_expired","message":"This request could not be executed before the completion window expired."}}""";

    /// <summary>The lines that the service has for a part.</summary>
    public List<string> LinesOf(int part) => _results[$"out-{part}"];

    public void End(BatchPart part, ChatBatchStatus status = ChatBatchStatus.Completed)
    {
        part.JobId = $"job-{part.Number}";
        part.Status = status;
        part.Results = [$"out-{part.Number}"];
        _results[$"out-{part.Number}"] = [];
    }

    public async Task<BatchResults> ReceiveAsync()
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));
        return await BatchResults.ReceiveAsync(File, connection, this, CallSettings.None, CancellationToken.None);
    }

    public BatchLimits Limits(ChatBatchKind kind) => Size;

    public bool Takes(ChatBatchKind kind) => true;

    public void Require(ServiceConnection connection, IReadOnlyDictionary<string, string> metadata, TimeSpan? expiresAfter)
    {
    }

    public void Write(Stream target, string id, ChatBatchKind kind, string model, ArraySegment<byte> body) => OpenAIBatches.Chats.Write(target, id, kind, model, body);

    public Task<string?> UploadAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BatchJob> StartAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<BatchJob>> FindAsync(ServiceConnection connection, BatchOrder order, IReadOnlyCollection<string> known, CallSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BatchJob> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<BatchJob> ListAsync(ServiceConnection connection, int? first, CallSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BatchJob> StopAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task DownloadAsync(ServiceConnection connection, BatchJob job, string result, Stream target, CallSettings settings, CancellationToken cancellationToken)
    {
        Downloads++;
        if (Instead?.Invoke(result) is { } other)
        {
            await target.WriteAsync(Encoding.UTF8.GetBytes(other), cancellationToken);
            return;
        }

        foreach (string line in _results[result])
        {
            await target.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
        }
    }

    public string? ReadId(ReadOnlySpan<byte> line) => OpenAIBatches.Chats.ReadId(line);

    public BatchResult? Read(ReadOnlySpan<byte> line) => OpenAIBatches.Chats.Read(line);

    public void Dispose()
    {
        File.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
