using System.Text;
using ChatPS.Client.Batches;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Tests.Batches;

/// <summary>A folder for the batch of a test.</summary>
internal sealed class BatchFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-batch").FullName;

    public BatchFolder() => Path = System.IO.Path.Combine(_folder, "night.json");

    public string Path { get; }

    public string Data => System.IO.Path.Combine(_folder, "night.json.data");

    public static BatchState NewState() => new()
    {
        Id = BatchState.NewId(),
        For = ChatBatchKind.Chat,
        Connection = "sandbox",
        Address = "http://127.0.0.1:9/v1",
        Dialect = "OpenAI",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Begins a batch of prompts, each of which may name its model before a slash, and writes it.</summary>
    public BatchFile Write(FakeBatches service, IEnumerable<string> prompts, int? mostRequests = null, long? mostTokens = null)
    {
        BatchFile file = BatchFile.Create(Path, NewState());
        try
        {
            using BatchDraft draft = new(file, service, mostRequests, mostTokens);
            using BatchKeys keys = new();
            int index = 0;
            foreach (string prompt in prompts)
            {
                byte[] body = Encoding.UTF8.GetBytes($$"""{"prompt":"{{prompt}}"}""");
                RequestKey key = RequestKey.Of("Invoke-ChatCompletion", body);
                string model = prompt.Contains('/', StringComparison.Ordinal) ? prompt.Split('/')[0] : "m";
                draft.Add(model, new ArraySegment<byte>(body), key, keys.Take(key), 10, new BatchInput(0, index++, $"\"{prompt}\""));
            }

            draft.Complete(keys.Digest());
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static BatchRun Run(BatchFile file, FakeBatches service, TimeProvider? time = null) =>
        new(file, FakeBatches.Connect(), service, CallSettings.None, time ?? TimeProvider.System);

    /// <summary>Waits for a batch, and skips the pauses.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> WaitAsync(BatchRun run, FakeTime time)
    {
        Task wait = run.WaitAsync(CancellationToken.None);
        IReadOnlyList<TimeSpan> pauses = await time.SkipWaitsAsync(wait, TimeSpan.MaxValue).WaitAsync(Engine.Patience);
        await wait;
        return pauses;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
