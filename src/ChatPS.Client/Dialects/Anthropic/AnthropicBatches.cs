using System.Globalization;
using System.Text;
using ChatPS.Api.Anthropic;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using Refit;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Message Batches: a part is one request that holds all of its lines, and is streamed from its file.</summary>
internal sealed class AnthropicBatches : IBatchEngine
{
    /// <summary>The one there is.</summary>
    public static readonly AnthropicBatches Engine = new();

    private const int PageSize = 100;

    // The id is the first that stands in a line.
    private const int LongestBegin = 4 * 1024;

    private static readonly byte[] Head = Encoding.ASCII.GetBytes("{\"requests\":[");
    private static readonly byte[] Tail = Encoding.ASCII.GetBytes("]}");

    // The service takes 256 MB, whichever way it counts them.
    private static readonly BatchLimits Most = new(100_000, 256_000_000 - Head.Length - Tail.Length) { StartsOneByOne = true };

    // How long a start may take, and a clock drift meanwhile.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public BatchLimits Limits(ChatBatchKind kind) => Most;

    /// <inheritdoc />
    public bool Takes(ChatBatchKind kind) => kind == ChatBatchKind.Chat;

    /// <inheritdoc />
    public void Require(ServiceConnection connection, IReadOnlyDictionary<string, string> metadata, TimeSpan? expiresAfter) => BatchCalls.RequirePlain(connection, metadata, expiresAfter);

    /// <inheritdoc />
    public void Write(Stream target, string id, ChatBatchKind kind, string model, ArraySegment<byte> body) => AnthropicBatchLine.Write(target, id, body);

    /// <inheritdoc />
    public string? ReadId(ReadOnlySpan<byte> line) => AnthropicBatchLine.ReadId(line);

    /// <inheritdoc />
    public BatchResult? Read(ReadOnlySpan<byte> line) => AnthropicBatchLine.Read(line);

    /// <inheritdoc />
    public Task<string?> UploadAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken)
    {
        Require(connection, order.Metadata, order.ExpiresAfter);
        return Task.FromResult<string?>(null);
    }

    /// <inheritdoc />
    public Task<BatchJob> StartAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken)
    {
        Require(connection, order.Metadata, order.ExpiresAfter);
        long length = new FileInfo(order.Path).Length;
        return BatchCalls.StartAsync(connection, order, AskAsync(connection, SendAsync, settings with { SendsOnce = true }, cancellationToken));

        Task<IApiResponse<MessageBatch>> SendAsync(CallContext call, CancellationToken token)
        {
            // All ends of lines become commas, but for the last one, which is left out.
            FileBody body = new(order.Path, 0, length - 1)
            {
                Head = Head,
                Tail = Tail,
                LineEnd = (byte)',',
                WholeLength = length,
                Sent = (bytes, total) =>
                {
                    call.Deadline.Restart();
                    order.Sent?.Invoke(bytes, total);
                },
            };
            body.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            return Api(connection).CreateAsync(body, call, token);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<BatchJob>> FindAsync(ServiceConnection connection, BatchOrder order, IReadOnlyCollection<string> known, CallSettings settings, CancellationToken cancellationToken)
    {
        // The clock that counts is the service's: this machine's may be hours away from it.
        TimeSpan? ahead = null;
        List<BatchJob> proven = [];
        List<BatchJob> presumed = [];
        await foreach (BatchJob job in BatchSearch.YoungAsync(ListAsync(connection, null, settings, date => ahead = date - DateTimeOffset.UtcNow, cancellationToken), static job => job, order, known, cancellationToken))
        {
            if ((job.Total ?? order.Requests) != order.Requests)
            {
                continue;
            }

            bool? isIt = await IsItAsync(connection, job, order, settings, cancellationToken);
            if (isIt == true)
            {
                proven.Add(job);
            }
            else if (isIt is null && !(job.CreatedAt < order.AskedAt + ahead - Margin))
            {
                presumed.Add(job with { IsPresumed = true });
            }
        }

        return proven.Count > 0 ? proven : presumed;
    }

    /// <inheritdoc />
    public async Task<BatchJob> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        return await BatchCalls.ExplainAsync(connection, AskAsync(connection, (call, token) => Api(connection).GetAsync(id, call, token), settings, cancellationToken));
    }

    /// <inheritdoc />
    public IAsyncEnumerable<BatchJob> ListAsync(ServiceConnection connection, int? first, CallSettings settings, CancellationToken cancellationToken) =>
        ListAsync(connection, first, settings, static _ => { }, cancellationToken);

    private static IAsyncEnumerable<BatchJob> ListAsync(ServiceConnection connection, int? first, CallSettings settings, Action<DateTimeOffset?> dated, CancellationToken cancellationToken) => Pages.ReadAsync(
        first,
        (after, most, token) => BatchCalls.ExplainAsync(connection, connection.SendAsync<MessageBatchList, Page<BatchJob>>(
            settings,
            async (call, stop) =>
            {
                IApiResponse<MessageBatchList> response = await Api(connection).ListAsync(
                    Pages.Fields(("limit", settings.Unless("limit", Math.Min(most, PageSize).ToString(CultureInfo.InvariantCulture))), ("after_id", after)), call, stop);
                dated(response.Headers?.Date);
                return response;
            },
            static (page, call) => Pages.Of([.. (page.Data ?? []).Select(batch => AnthropicBatchJob.Read(batch, call))], page.HasMore, page.LastId, static job => job.Id),
            token)),
        static job => job.Id,
        cancellationToken);

    /// <inheritdoc />
    public async Task<BatchJob> StopAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        try
        {
            return await BatchCalls.ExplainAsync(connection, AskAsync(connection, (call, token) => Api(connection).CancelAsync(id, call, token), settings, cancellationToken));
        }
        catch (ChatServiceException failure) when (failure.StatusCode is 400 or 409)
        {
            // One that has ended cannot be stopped, and need not be.
            BatchJob job = await GetAsync(connection, id, settings, cancellationToken);
            if (job.Status is ChatBatchStatus.Completed or ChatBatchStatus.Expired or ChatBatchStatus.Cancelled)
            {
                return job;
            }

            throw;
        }
    }

    /// <inheritdoc />
    /// <remarks>The address that the service names is not called: it may be of another host than the connection's, which must not see the key.</remarks>
    public Task DownloadAsync(ServiceConnection connection, BatchJob job, string result, Stream target, CallSettings settings, CancellationToken cancellationToken) => Download.CopyAsync(
        connection,
        settings,
        (range, ifRange, call, token) => Api(connection).ResultsAsync(job.Id, range, ifRange, call, token),
        target,
        long.MaxValue,
        (taken, total) => settings.Watch?.Moves(new CallTransfer(taken, total, IsUpload: false)),
        cancellationToken);

    private static IMessageBatchesApi Api(ServiceConnection connection) => connection.Client<IMessageBatchesApi>(AnthropicJsonContext.Default);

    private static async Task<BatchJob> AskAsync(
        ServiceConnection connection, Func<CallContext, CancellationToken, Task<IApiResponse<MessageBatch>>> send, CallSettings settings, CancellationToken cancellationToken)
    {
        TimeSpan? pollAfter = null;
        return await connection.SendAsync<MessageBatch, BatchJob>(
            settings,
            async (call, token) =>
            {
                IApiResponse<MessageBatch> response = await send(call, token);
                pollAfter = PollAfter.Read(response.Headers, call.Time);
                return response;
            },
            (batch, call) => AnthropicBatchJob.Read(batch, call) with { PollAfter = pollAfter },
            cancellationToken);
    }

    // The service keeps no name; where there are results, the id of one of them tells whose they are. Null where nothing tells it.
    private static async Task<bool?> IsItAsync(ServiceConnection connection, BatchJob job, BatchOrder order, CallSettings settings, CancellationToken cancellationToken) =>
        job.Results.Count == 0 || await FirstIdAsync(connection, job, settings, cancellationToken) is not { } id || !File.Exists(order.Path)
            ? null
            : File.ReadLines(order.Path).Any(line => AnthropicBatchLine.ReadId(Encoding.UTF8.GetBytes(line)) == id);

    private static async Task<string?> FirstIdAsync(ServiceConnection connection, BatchJob job, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = connection.Begin(settings, cancellationToken);
        using HttpResponseMessage response = await connection.OpenAsync(call, (context, token) => Api(connection).ResultsAsync(job.Id, null, null, context, token));
        try
        {
#if NET8_0_OR_GREATER
            using LivenessStream body = new(await response.Content.ReadAsStreamAsync(call.Token), call.Deadline, long.MaxValue);
#else
            using LivenessStream body = new(await response.Content.ReadAsStreamAsync(), call.Deadline, long.MaxValue);
#endif
            byte[] begin = new byte[LongestBegin];
            int length = 0;
            for (int read; length < begin.Length && (read = await body.ReadAsync(begin.AsMemory(length), call.Token)) > 0;)
            {
                length += read;
            }

            call.Succeed(model: null);
            return AnthropicBatchLine.ReadId(begin.AsSpan(0, length));
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }
}
