using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Generations;
using ChatPS.Api.Gemini;
using ChatPS.Api.Wire;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.ServiceFiles;
using Refit;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>The batch mode of Gemini: a small part goes in the request that starts it, a larger one as a file before.</summary>
internal sealed class GeminiBatches : IBatchEngine
{
    /// <summary>The one there is.</summary>
    public static readonly GeminiBatches Engine = new();

    /// <summary>The most requests of a part that goes inline: its answers come inline, too, with every look at it, and must fit the memory.</summary>
    public const int MostInline = 100;

    // The service takes 20 MB.
    private const int MostInlineBytes = 4_000_000;

    private const int PageSize = 50;

    private const string Collection = "batches/";

    // A file may have 2 GB. Smaller parts are done sooner, and less is lost with one.
    private static readonly BatchLimits Most = new(50_000, 1_000_000_000);

    /// <inheritdoc />
    public BatchLimits Limits(ChatBatchKind kind) => Most;

    /// <inheritdoc />
    public bool Takes(ChatBatchKind kind) => kind is ChatBatchKind.Chat or ChatBatchKind.Embedding;

    /// <inheritdoc />
    public void Require(ServiceConnection connection, IReadOnlyDictionary<string, string> metadata, TimeSpan? expiresAfter) => BatchCalls.RequirePlain(connection, metadata, expiresAfter);

    /// <inheritdoc />
    public void Write(Stream target, string id, ChatBatchKind kind, string model, ArraySegment<byte> body) => GeminiBatchLine.Write(target, id, kind, body);

    /// <inheritdoc />
    public string? ReadId(ReadOnlySpan<byte> line) => GeminiBatchLine.ReadId(line);

    /// <inheritdoc />
    public BatchResult? Read(ReadOnlySpan<byte> line) => GeminiBatchLine.Read(line);

    /// <inheritdoc />
    public async Task<string?> UploadAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken)
    {
        Require(connection, order.Metadata, order.ExpiresAfter);
        long bytes = new FileInfo(order.Path).Length;
        if (order.Requests <= MostInline && bytes <= MostInlineBytes)
        {
            return null;
        }

        IServiceFiles files = Files(connection);
        await foreach (ChatFile file in files.ListAsync(connection, new FileFilter(), settings, cancellationToken))
        {
            if (file.FileName == order.Name && file.Bytes == bytes)
            {
                return file.Id;
            }
        }

        NewFile part = new(order.Path, order.Name) { MediaType = "application/jsonl", Sent = order.Sent };
        return (await files.AddAsync(connection, part, settings, cancellationToken)).Id;
    }

    /// <inheritdoc />
    public Task<BatchJob> StartAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken)
    {
        Require(connection, order.Metadata, order.ExpiresAfter);
        string model = GeminiModelName.ToPath(order.Model);
        ArraySegment<byte> body = Body(order, model);
        return BatchCalls.StartAsync(connection, order, AskAsync(connection, SendAsync, settings with { SendsOnce = true }, cancellationToken));

        Task<IApiResponse<GenerationAnswer>> SendAsync(CallContext call, CancellationToken token)
        {
            ByteArrayContent content = new(body.Array!, body.Offset, body.Count);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            return order.Kind == ChatBatchKind.Embedding ? Api(connection).EmbedAsync(model, content, call, token) : Api(connection).GenerateAsync(model, content, call, token);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<BatchJob>> FindAsync(ServiceConnection connection, BatchOrder order, IReadOnlyCollection<string> known, CallSettings settings, CancellationToken cancellationToken)
    {
        List<BatchJob> found = [];
        await foreach (BatchJob job in BatchSearch.YoungAsync(ListAsync(connection, null, settings, cancellationToken), static job => job, order, known, cancellationToken))
        {
            if (job.Name == order.Name)
            {
                found.Add(job);
            }
        }

        return found;
    }

    /// <inheritdoc />
    public Task<BatchJob> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) =>
        AskAsync(connection, (call, token) => Api(connection).GetAsync(Path(id), call, token), settings, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<BatchJob> ListAsync(ServiceConnection connection, int? first, CallSettings settings, CancellationToken cancellationToken) => Pages.ReadAsync(
        first,
        (place, most, token) => BatchCalls.ExplainAsync(connection, connection.SendAsync<GenerationAnswer, Page<BatchJob>>(
            settings,
            (call, stop) => Api(connection).ListAsync(
                Pages.Fields(("pageSize", settings.Unless("pageSize", Math.Min(most, PageSize).ToString(CultureInfo.InvariantCulture))), ("pageToken", place)), call, stop),
            ReadPage,
            token)),
        static job => job.Id,
        cancellationToken);

    /// <inheritdoc />
    public async Task<BatchJob> StopAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await BatchCalls.ExplainAsync(connection, connection.SendAsync<GenerationAnswer, bool>(
                settings, (call, token) => Api(connection).CancelAsync(Path(id), call, token), static (_, _) => true, cancellationToken));
        }
        catch (ChatServiceException failure) when (failure.StatusCode is 400 or 409)
        {
            // One that has ended cannot be stopped, and need not be.
            BatchJob job = await GetAsync(connection, id, settings, cancellationToken);
            if (job.Status is ChatBatchStatus.InProgress or ChatBatchStatus.Cancelling)
            {
                throw;
            }

            return job;
        }

        // The service takes a while, and has no word for that.
        BatchJob stopped = await GetAsync(connection, id, settings, cancellationToken);
        return stopped.Status == ChatBatchStatus.InProgress ? stopped with { Status = ChatBatchStatus.Cancelling } : stopped;
    }

    /// <inheritdoc />
    public Task DownloadAsync(ServiceConnection connection, BatchJob job, string result, Stream target, CallSettings settings, CancellationToken cancellationToken) => result == GeminiBatchJob.Inline
        ? BatchCalls.ExplainAsync(connection, connection.SendAsync<GenerationAnswer, bool>(
            settings, (call, token) => Api(connection).GetAsync(Path(job.Id), call, token), (answer, _) => CopyResults(answer.Root, target), cancellationToken))
        : Files(connection).DownloadAsync(connection, result, target, settings, cancellationToken);

    private static IGeminiBatchesApi Api(ServiceConnection connection) => connection.Client<IGeminiBatchesApi>(GenerationsJsonContext.Default);

    private static IServiceFiles Files(ServiceConnection connection) => connection.Require<IServiceFiles>("files");

    private static Task<BatchJob> AskAsync(
        ServiceConnection connection, Func<CallContext, CancellationToken, Task<IApiResponse<GenerationAnswer>>> send, CallSettings settings, CancellationToken cancellationToken)
    {
        TimeSpan? pollAfter = null;
        return BatchCalls.ExplainAsync(connection, connection.SendAsync<GenerationAnswer, BatchJob>(
            settings,
            async (call, token) =>
            {
                IApiResponse<GenerationAnswer> response = await send(call, token);
                pollAfter = PollAfter.Read(response.Headers, call.Time);
                return response;
            },
            (answer, call) => GeminiBatchJob.Read(answer, call) with { PollAfter = pollAfter },
            cancellationToken));
    }

    private static string Path(string id)
    {
        string name = id.StartsWith(Collection, StringComparison.Ordinal) ? id : Collection + id;
        return Array.Exists(name.Split('/'), step => step.Trim() is "" or "." or "..") ? throw Failures.Invalid($"-Id: '{id}' cannot stand in an address.", "Give the id as Get-ChatBatch shows it.") : name;
    }

    private static ArraySegment<byte> Body(BatchOrder order, string model)
    {
        using MemoryStream body = new();
        BatchLine.Write(body, json =>
        {
            json.WriteStartObject("batch"u8);
            json.WriteString("displayName"u8, order.Name);
            json.WriteStartObject("inputConfig"u8);
            if (order.FileId is { } file)
            {
                json.WriteString("fileName"u8, file);
            }
            else
            {
                json.WriteStartObject("requests"u8);
                json.WriteStartArray("requests"u8);
                GeminiBatchLine.WriteInline(json, File.ReadLines(order.Path, Encoding.UTF8), model);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
        return new ArraySegment<byte>(body.GetBuffer(), 0, (int)body.Length);
    }

    private static Page<BatchJob> ReadPage(GenerationAnswer answer, CallContext call)
    {
        JsonElement? operations = JsonText.Member(answer.Root, "operations");
        if (operations is null && JsonText.Member(answer.Root, "error") is not null)
        {
            throw new WireFormatException("The answer is no list of batches.", answer.Raw);
        }

        return new Page<BatchJob>(
            operations is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(operation => GeminiBatchJob.Read(operation, call))] : [],
            JsonText.Member(answer.Root, "nextPageToken") is { } token ? JsonText.Read(token) : null);
    }

    private static bool CopyResults(JsonElement operation, Stream target)
    {
        foreach (JsonElement result in GeminiBatchJob.Results(operation))
        {
            // Between the tokens, and only there, an answer may have ends of lines.
            byte[] line = Encoding.UTF8.GetBytes(result.GetRawText().Replace('\r', ' ').Replace('\n', ' ') + "\n");
            target.Write(line, 0, line.Length);
        }

        return true;
    }
}
