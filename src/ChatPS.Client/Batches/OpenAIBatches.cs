using System.Runtime.CompilerServices;
using ChatPS.Api.Batches;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.ServiceFiles;
using Refit;

namespace ChatPS.Client.Batches;

/// <summary>Batches as OpenAI has them, and those who do as OpenAI does: a file of requests goes up, files of answers and of errors come back.</summary>
/// <param name="form">How the service differs.</param>
internal sealed class OpenAIBatches(OpenAIBatchForm form) : IBatchEngine
{
    private const int MostRequests = 50_000;
    private const long MostBytes = 200_000_000;
    private const int LargestPage = 100;
    private const int MostLabels = 15;
    private const string Purpose = "batch";
    private const string Window = "24h";
    private const string Anchor = "created_at";

    private static readonly string[] Unready = ["pending", "running", "uploading", "importing", "queued"];

    /// <summary>At OpenAI, and at gateways that pass batches on, in the dialect of chat completions.</summary>
    public static readonly OpenAIBatches Chats = new(new OpenAIBatchForm([ChatBatchKind.Chat, ChatBatchKind.TextCompletion, ChatBatchKind.Embedding, ChatBatchKind.Moderation]));

    /// <summary>At OpenAI in the Responses dialect.</summary>
    public static readonly OpenAIBatches Responses = new(new OpenAIBatchForm([ChatBatchKind.Response, ChatBatchKind.TextCompletion, ChatBatchKind.Embedding, ChatBatchKind.Moderation]));

    public BatchLimits Limits(ChatBatchKind kind) => new(MostRequests, MostBytes) { Pause = form.Pause };

    public bool Takes(ChatBatchKind kind) => form.Kinds.Contains(kind);

    public void Require(ServiceConnection connection, IReadOnlyDictionary<string, string> metadata, TimeSpan? expiresAfter)
    {
        ParameterRules.Metadata(metadata, "-BatchMetadata");
        if (metadata.Count > MostLabels || metadata.ContainsKey(OpenAIBatchJob.NameLabel))
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"-BatchMetadata: a batch takes {MostLabels} entries beside '{OpenAIBatchJob.NameLabel}', by which it is found again; there are {metadata.Count}."),
                $"Give -BatchMetadata fewer entries, and none that is called '{OpenAIBatchJob.NameLabel}'.");
        }

        if (expiresAfter is { } kept && (kept < form.LeastKept || kept > form.MostKept))
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"-ExpiresAfter: the service keeps files of batches for {form.LeastKept.TotalHours:0} to {form.MostKept.TotalHours:0} hours, not for {kept.TotalHours:0.##}."),
                "Give -ExpiresAfter a time between the two, or leave it out.");
        }
    }

    public void Write(Stream target, string id, ChatBatchKind kind, string model, ArraySegment<byte> body) =>
        OpenAIBatchLine.Write(target, id, "/v1" + OpenAIBatchForm.Endpoint(kind), body);

    public async Task<string?> UploadAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken)
    {
        Require(connection, order.Metadata, order.ExpiresAfter);
        IServiceFiles files = Files(connection);
        string name = order.Name + ".jsonl";
        ChatFile file = await FindFileAsync(connection, files, name, new FileInfo(order.Path).Length, settings, cancellationToken)
            ?? await files.AddAsync(
                connection,
                new NewFile(order.Path, name) { Purpose = Purpose, MediaType = "application/jsonl", ExpiresAfter = order.ExpiresAfter, Sent = order.Sent },
                settings,
                cancellationToken);
        file = await new Polling(TimeProvider.System, form.FilePause, TimeSpan.FromTicks(form.FilePause.Ticks * 10)).UntilDoneAsync(
            file, seen => Unready.Contains(seen.Status, StringComparer.OrdinalIgnoreCase), seen => files.GetAsync(connection, seen.Id, settings, cancellationToken), cancellationToken);
        return string.Equals(file.Status, "error", StringComparison.OrdinalIgnoreCase)
            ? throw new ChatServiceException(ErrorIds.InvalidRequest, $"The service did not take the file '{name}' ({file.Id}) for a batch: its status is 'error'.", "Remove the file with Remove-ChatFile, and start the batch again.")
            : file.Id;
    }

    public async Task<BatchJob> StartAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken)
    {
        Require(connection, order.Metadata, order.ExpiresAfter);
        BatchRequest body = new()
        {
            InputFileId = order.FileId ?? throw Failures.Invalid($"The part '{order.Name}' has not been uploaded.", "Upload it before it is started."),
            Endpoint = form.JobPrefix + OpenAIBatchForm.Endpoint(order.Kind),
            CompletionWindow = Window,
            Metadata = Labels(order),
            OutputExpiresAfter = order.ExpiresAfter is { } kept ? new BatchExpiry { Anchor = Anchor, Seconds = (long)kept.TotalSeconds } : null,
        };
        try
        {
            return await AskAsync(connection, (api, call, token) => api.CreateAsync(body, call, token), null, settings with { SendsOnce = true }, cancellationToken);
        }
        catch (ChatServiceException failure) when (failure.StatusCode is 400 or 403 or 409 or 422 or 429 && OpenAIBatchJob.IsQueueFull(failure.ServiceCode, failure.Message))
        {
            return new BatchJob("", ChatBatchStatus.Failed) { Name = order.Name, Reason = failure.Message, IsQueueFull = true, PollAfter = failure.RetryAfter };
        }
    }

    public async Task<IReadOnlyList<BatchJob>> FindAsync(
        ServiceConnection connection, BatchOrder order, IReadOnlyCollection<string> known, CallSettings settings, CancellationToken cancellationToken)
    {
        if (order.AskedAt is null)
        {
            return [];
        }

        List<BatchJob> named = [];
        List<BatchJob> ofFile = [];
        await foreach ((BatchJob job, string? fileId) in BatchSearch.YoungAsync(PagesAsync(connection, null, settings, cancellationToken), item => item.Job, order, known, cancellationToken))
        {
            if (job.IsQueueFull)
            {
                continue;
            }

            if (job.Name == order.Name)
            {
                named.Add(job);
            }
            else if (job.Name is null && fileId is not null && fileId == order.FileId)
            {
                ofFile.Add(job);
            }
        }

        return named.Count > 0 ? named : ofFile;
    }

    public async Task<BatchJob> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        return await AskAsync(connection, (api, call, token) => api.GetAsync(id, call, token), id, settings, cancellationToken);
    }

    public async IAsyncEnumerable<BatchJob> ListAsync(ServiceConnection connection, int? first, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((BatchJob job, _) in PagesAsync(connection, first, settings, cancellationToken))
        {
            yield return job;
        }
    }

    public async Task<BatchJob> StopAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        try
        {
            return await AskAsync(connection, (api, call, token) => api.CancelAsync(id, call, token), id, settings, cancellationToken);
        }
        catch (ChatServiceException failure) when (failure.StatusCode is 400 or 409 or 422)
        {
            // What has ended cannot be stopped any more, which is as well.
            BatchJob job = await GetAsync(connection, id, settings, cancellationToken);
            if (job.Status is ChatBatchStatus.Validating or ChatBatchStatus.InProgress or ChatBatchStatus.Finalizing)
            {
                throw;
            }

            return job;
        }
    }

    public Task DownloadAsync(ServiceConnection connection, BatchJob job, string result, Stream target, CallSettings settings, CancellationToken cancellationToken) =>
        Files(connection).DownloadAsync(connection, result, target, settings, cancellationToken);

    public string? ReadId(ReadOnlySpan<byte> line) => OpenAIBatchLine.ReadId(line);

    public BatchResult? Read(ReadOnlySpan<byte> line) => OpenAIBatchLine.Read(line);

    private static IServiceFiles Files(ServiceConnection connection) => connection.Require<IServiceFiles>("files");

    // Part names are like no others: a file of that name and length is the one.
    private static async Task<ChatFile?> FindFileAsync(ServiceConnection connection, IServiceFiles files, string name, long bytes, CallSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ChatFile file in files.ListAsync(connection, new FileFilter { Purpose = Purpose, Order = "desc" }, settings, cancellationToken))
            {
                if (file.FileName == name && (file.Bytes ?? bytes) == bytes && !string.Equals(file.Status, "error", StringComparison.OrdinalIgnoreCase))
                {
                    return file;
                }
            }
        }
        catch (ChatServiceException failure) when (failure.MissingEndpoint is not null || failure.StatusCode is 404 or 405 or 501)
        {
            // Files can be given to it all the same, or not; that is seen next.
        }

        return null;
    }

    private IAsyncEnumerable<(BatchJob Job, string? FileId)> PagesAsync(ServiceConnection connection, int? first, CallSettings settings, CancellationToken cancellationToken) => Pages.ReadAsync(
        first,
        (after, most, token) => BatchCalls.ExplainAsync(connection, connection.SendAsync(
            settings,
            (call, stop) => Api(connection).ListAsync(Pages.Query(settings, after, Math.Min(most, LargestPage)), call, stop),
            (list, call) => Pages.Of(
                Read(list.Data ?? throw new WireFormatException("The answer is no list of batches.", list.Raw), call.Secrets),
                list.HasMore,
                list.LastId,
                item => item.Job.Id),
            token)),
        item => item.Job.Id,
        cancellationToken);

    private IReadOnlyList<(BatchJob Job, string? FileId)> Read(IReadOnlyList<Batch> batches, Secrets secrets) =>
        [.. batches.Select(batch => (Job: OpenAIBatchJob.Read(batch, null, form, secrets), batch.InputFileId)).Where(item => item.Job is not null).Select(item => (item.Job!, item.InputFileId))];

    private async Task<BatchJob> AskAsync(
        ServiceConnection connection, Func<IBatchesApi, CallContext, CancellationToken, Task<IApiResponse<Batch>>> send, string? id, CallSettings settings, CancellationToken cancellationToken)
    {
        TimeSpan? pollAfter = null;
        return await BatchCalls.ExplainAsync(connection, connection.SendAsync(
            settings,
            async (call, token) =>
            {
                IApiResponse<Batch> response = await send(Api(connection), call, token);
                pollAfter = PollAfter.Read(response.Headers, call.Time);
                return response;
            },
            (batch, call) => (OpenAIBatchJob.Read(batch, id, form, call.Secrets) ?? throw new WireFormatException("The answer names no batch.", batch.Raw)) with { PollAfter = pollAfter },
            cancellationToken));
    }

    private static IBatchesApi Api(ServiceConnection connection) => connection.Client<IBatchesApi>(BatchesJsonContext.Default);

    private static Dictionary<string, string> Labels(BatchOrder order)
    {
        Dictionary<string, string> labels = order.Metadata.ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
        labels[OpenAIBatchJob.NameLabel] = order.Name;
        return labels;
    }
}
