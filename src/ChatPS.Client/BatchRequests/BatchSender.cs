using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Responses;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Moderation;
using ChatPS.Client.Sessions;
using ChatPS.Client.Text;

namespace ChatPS.Client.BatchRequests;

/// <summary>
/// Takes requests that would be sent live, writes them as a batch, and hands it in. Where the batch is there already, the same
/// requests in the same order go on with it, and others are refused.
/// </summary>
public sealed class BatchSender : IDisposable
{
    // Members of a request that multiply what it costs, by their names in the dialects.
    private static readonly string[] Costly = ["model", "n", "best_of", "max_tokens", "max_completion_tokens", "max_output_tokens", "generationConfig"];

    private readonly ServiceConnection _connection;
    private readonly IBatchEngine _engine;
    private readonly ChatBatchKind _kind;
    private readonly BatchPlan _plan;
    private readonly BatchTotals _totals;
    private readonly BatchKeys _keys = new();
    private readonly Checkpoint? _checkpoint;
    private readonly CallSettings _settings;
    private readonly bool _isThere;
    private BatchFile? _file;
    private BatchDraft? _draft;
    private ChatServiceException? _failure;
    private int _taken;
    private int _stored;

    private BatchSender(ServiceConnection connection, IBatchEngine engine, ChatBatchKind kind, BatchPlan plan, Checkpoint? checkpoint, CallSettings settings)
    {
        _connection = connection;
        _engine = engine;
        _kind = kind;
        _plan = plan;
        _totals = new BatchTotals(plan);
        _checkpoint = checkpoint;
        _settings = settings with { IsBatch = true };
        _isThere = Goes();
    }

    /// <summary>Gets whether there is nothing to hand in: nothing was taken, or the checkpoint answers it all.</summary>
    public bool IsEmpty => _failure is null && (_isThere ? _taken : _file?.State.Requests ?? 0) == 0;

    /// <summary>Gets how many requests the checkpoint answers.</summary>
    public int Stored => _stored;

    /// <summary>Gets ready for requests. Nothing is written yet.</summary>
    /// <param name="connection">The connection of all of them.</param>
    /// <param name="kind">What they ask for; chat becomes responses in that dialect.</param>
    /// <param name="plan">How they are handed in.</param>
    /// <param name="checkpoint">Answers that are there already; null for none.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <returns>The sender.</returns>
    /// <exception cref="ChatServiceException">The service takes no such batches, or the path cannot be used.</exception>
    public static BatchSender Begin(ServiceConnection connection, ChatBatchKind kind, BatchPlan plan, Checkpoint? checkpoint, CallSettings settings)
    {
        IBatchEngine engine = connection.Require<IBatchEngine>("batches");
        if (plan.For == ChatBatchKind.Response && connection.Dialect is not ResponsesDialect)
        {
            throw Failures.Invalid(
                $"-For is Response, and the connection '{connection.Settings.Name}' speaks the dialect {connection.Dialect.Name}.",
                "Connect with Connect-ChatService -Dialect Responses, and name that connection with -Connection; or leave -For out.");
        }

        kind = kind == ChatBatchKind.Chat && connection.Dialect is ResponsesDialect ? ChatBatchKind.Response : kind;
        if (!engine.Takes(kind))
        {
            throw Failures.Invalid($"{connection.Settings.ServiceName} takes no batches of the kind {kind} (connection '{connection.Settings.Name}').", "Ask without a batch, or name another connection with -Connection.");
        }

        CheckLabels(plan);
        CheckBudget(plan, settings);
        engine.Require(connection, plan.Metadata, plan.ExpiresAfter);
        BatchFile.RequirePlace(plan.Path);
        return new BatchSender(connection, engine, kind, plan, checkpoint, settings);
    }

    /// <summary>Takes a chat.</summary>
    /// <param name="connection">The connection that it would be sent by.</param>
    /// <param name="request">The request.</param>
    /// <param name="input">The pipeline item, as plain values.</param>
    /// <exception cref="ChatServiceException">It cannot be part of the batch.</exception>
    public void Add(ServiceConnection connection, ChatRequest request, object? input)
    {
        RequireSame(connection);
        RequestEstimate estimate = connection.Chat.Estimate(request, _settings);
        Take(estimate, connection.Chat.Write(request, _settings), request.Index, input, IsInput(request, input) ? null : () => PlainJson.Write(request.Messages.Select(SessionFile.ToPlain).ToList(), "-Message"));
    }

    /// <summary>Takes a text that is to be gone on with.</summary>
    /// <param name="connection">The connection that it would be sent by.</param>
    /// <param name="request">The request.</param>
    /// <param name="input">The pipeline item, as plain values.</param>
    /// <exception cref="ChatServiceException">It cannot be part of the batch.</exception>
    public void Add(ServiceConnection connection, TextRequest request, object? input)
    {
        RequireSame(connection);
        Take(connection.Text.Estimate(request, _settings), connection.Text.Write(request, _settings), request.Index, input, messages: null);
    }

    /// <summary>Takes a text whose vector is wanted.</summary>
    /// <param name="item">The text.</param>
    /// <param name="request">What is asked of it.</param>
    /// <param name="input">The pipeline item, as plain values.</param>
    /// <exception cref="ChatServiceException">It cannot be part of the batch.</exception>
    public void Add(EmbeddingItem item, EmbeddingRequest request, object? input)
    {
        string model = _connection.ModelFor(request.Model);
        decimal? cost = _connection.Settings.PricesFor(_settings)?.Cost(model, item.Tokens, 0, 0);
        byte[] body = _connection.Embeddings.ToJson(request with { Texts = [item.Text] }, _settings);
        Take(new RequestEstimate(model, item.Tokens, 0, cost), new ArraySegment<byte>(body), item.Index, input, input is string ? null : () => PlainJson.Write(item.Text, "-InputObject"));
    }

    /// <summary>Takes what is to be judged.</summary>
    /// <param name="item">Text or images.</param>
    /// <param name="model">The model; null for the service's.</param>
    /// <param name="input">The pipeline item, as plain values.</param>
    /// <exception cref="ChatServiceException">It cannot be part of the batch.</exception>
    public void Add(ModerationItem item, string? model, object? input)
    {
        int tokens = ModerationService.EstimateTokens(item);
        RequestEstimate estimate = new(model ?? "", tokens, 0, _connection.Settings.PricesFor(_settings)?.Cost(model, tokens, 0, 0));
        Take(estimate, ModerationService.ToJson(item, model, _settings), item.Index, input, input is string || item.Text is null ? null : () => PlainJson.Write(item.Text, "-InputObject"));
    }

    /// <summary>Ends the taking, and finds out whether it may be sent.</summary>
    /// <param name="warn">Hears what is to be known of it.</param>
    /// <returns>What it takes; null where it was there already, and goes on.</returns>
    /// <exception cref="ChatServiceException">The requests are not those of the batch that is there, or they would cost too much.</exception>
    public BatchEstimate? Complete(Action<string> warn)
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        if (_isThere)
        {
            RequireDigest(_keys.Digest());
            return null;
        }

        BatchState state = File().State;
        BatchEstimate estimate = _totals.Sum(state.Requests, state.Parts.Count);
        try
        {
            _totals.Require(estimate, _checkpoint, warn);
        }
        catch (ChatServiceException)
        {
            Discard();
            throw;
        }

        state.EstimatedCost = estimate.Cost;
        return estimate;
    }

    /// <summary>Seals what was taken: it is to be sent.</summary>
    /// <exception cref="ChatServiceException">It cannot be written.</exception>
    public void Seal()
    {
        if (!_isThere)
        {
            Draft().Complete(_keys.Digest());
        }
    }

    /// <summary>Removes what was written: it is not to be sent.</summary>
    public void Discard()
    {
        _draft?.Dispose();
        if (!_isThere)
        {
            _file?.Discard();
        }
    }

    /// <summary>Uploads and starts the batch.</summary>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="fail">Hears why a part could not be started; whoever goes on with the batch tries again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The batch. Parts for which there is no room yet wait.</returns>
    public async Task<ChatBatch> StartAsync(CallSettings settings, Action<ChatServiceException> fail, CancellationToken cancellationToken)
    {
        BatchRun run = new(_file!, _connection, _engine, settings, TimeProvider.System);
        try
        {
            await run.StartAsync(cancellationToken);
        }
        catch (ChatServiceException failure) when (failure.ErrorId != ErrorIds.CheckpointFailed)
        {
            fail(failure);
        }
        finally
        {
            // Whoever stands next in the pipeline may drive it.
            _file!.Dispose();
        }

        return run.Batch;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _draft?.Dispose();
        _file?.Dispose();
        _keys.Dispose();
    }

    private static bool IsInput(ChatRequest request, object? input) =>
        request.Messages is [{ Role: "user", Name: null, Content: [{ Type: "text", Text: { } text }] }] && input is string given && text == given;

    private static void CheckLabels(BatchPlan plan)
    {
        ParameterRules.AtLeast(plan.MostRequests, 1, "-PartLimit");
        if (plan.MostTokens < 1)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-PartTokenLimit is {plan.MostTokens}; it must be 1 or more."), "Give -PartTokenLimit a larger value, or leave it out.");
        }

        if (plan.ExpiresAfter < TimeSpan.FromHours(1))
        {
            throw Failures.Invalid($"-ExpiresAfter is {plan.ExpiresAfter}; services keep files for an hour at least.", "Give a longer time, for example '14.00:00:00' for two weeks.");
        }
    }

    // Live, a run stops where it has become too dear; a batch cannot, so all that it may cost has to be known before.
    private static void CheckBudget(BatchPlan plan, CallSettings settings)
    {
        if ((plan.MaxCost is not null || plan.MaxTotalTokens is not null) && Array.Find(Costly, name => settings.AdditionalBody?.ContainsKey(name) == true) is { } member)
        {
            throw Failures.Invalid(
                $"-AdditionalBody sets '{member}', and -{(plan.MaxCost is null ? "MaxTotalToken" : "MaxCost")} cannot tell what that costs before the batch is sent.",
                "Use the parameter for it (-Model, -N, -BestOf, -MaxTokens, -MaxCompletionTokens), or leave the limit out.");
        }
    }

    // A batch that is written goes on; one that was broken off before, or holds nothing, is written anew.
    private bool Goes()
    {
        if (_plan.IsPreview || _plan.Replaces || !System.IO.File.Exists(_plan.Path) || BatchFile.Read(_plan.Path) is not { IsWritten: true, Requests: > 0 })
        {
            return false;
        }

        _file = BatchFile.Open(_plan.Path);
        try
        {
            _file.Require(_connection);
            return _file.State.For == _kind ? true : throw Other($"it is one of {_file.State.For}, and this is one of {_kind}");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    private void RequireSame(ServiceConnection connection)
    {
        if (!ReferenceEquals(connection, _connection))
        {
            throw Failures.Invalid(
                $"The item belongs to the connection '{connection.Settings.Name}', and the batch to '{_connection.Settings.Name}'.", "A batch holds the requests of one connection: make one for each.");
        }
    }

    private void Take(RequestEstimate estimate, ArraySegment<byte> body, int index, object? input, Func<string>? messages)
    {
        byte[] json = [.. body];
        CheckpointSlot? slot = _checkpoint?.Claim(json);
        RequestKey key = slot?.Key ?? RequestKey.Of(_plan.Command, json);
        int occurrence = _keys.Take(key);
        _taken++;
        _stored += slot is { IsStored: true } ? 1 : 0;
        if (slot is { IsStored: true } || _isThere || !CanWrite())
        {
            return;
        }

        _totals.Add(estimate.Model, estimate.InputTokens, estimate.OutputLimit, estimate.Cost);
        Draft().Add(
            estimate.Model,
            body,
            key,
            slot?.Occurrence ?? occurrence,
            estimate.InputTokens + (estimate.OutputLimit ?? 0),
            new BatchInput(0, index, PlainJson.Write(input, "-InputObject")) { Messages = messages?.Invoke() });
    }

    // What is wrong with the whole batch is no item's fault: it is told once, at the end.
    private bool CanWrite()
    {
        try
        {
            return _failure is null && File() is not null;
        }
        catch (ChatServiceException failure)
        {
            _failure = failure;
            return false;
        }
    }

    private BatchDraft Draft() => _draft ??= new BatchDraft(File(), _engine, _plan.MostRequests, _plan.MostTokens);

    private BatchFile File() => _file ??= _plan.IsPreview ? BatchFile.Preview(_plan.Path, NewState()) : BatchFile.Create(_plan.Path, NewState());

    private BatchState NewState() => new()
    {
        Id = BatchState.NewId(),
        For = _kind,
        Connection = _connection.Settings.Name,
        Address = BatchState.AddressOf(_connection),
        Dialect = _connection.Dialect.Name,
        CreatedAt = DateTimeOffset.UtcNow,
        Command = _plan.Command,
        Parameters = PlainJson.ToElement(_plan.Parameters, _plan.Command),
        Output = PlainJson.ToElement(_plan.Output, "-OutputSchema"),
        Metadata = _plan.Metadata.ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
        ExpiresAfter = _plan.ExpiresAfter,
    };

    private void RequireDigest(string digest)
    {
        BatchState state = _file!.State;
        if (state.Digest != digest)
        {
            IReadOnlyList<string> differences = CheckpointHeader.Of(_plan.Command, _plan.Parameters).Differences(CheckpointHeader.Of(state.Command, state.Parameters));
            throw Other(differences.Count > 0 ? string.Join("; ", differences)
                : state.Requests == _taken ? $"both have {Counted.Of(_taken, "request")}, but the rows, or their order, are others"
                : $"it has {Counted.Of(state.Requests, "request")}, and this one has {Counted.Of(_taken, "request")}");
        }
    }

    private ChatServiceException Other(string why) => Failures.Invalid(
        $"-Path: '{_plan.Path}' is another batch: {why}.", "Give another -Path; or -Force to replace it; or go on with it as it is: Start-ChatBatch -Path, without input.");
}
