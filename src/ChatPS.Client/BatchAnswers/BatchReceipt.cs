using System.Text.Json;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.BatchAnswers;

/// <summary>Receives a batch: fetches the results, and makes of each the object of a live call. While it is open, nobody else drives the batch.</summary>
public sealed class BatchReceipt : IDisposable
{
    private readonly BatchFile _file;
    private readonly object _reading = new();
    private BatchReader? _reader;
    private BatchResults? _results;
    private ReceivedResults? _received;
    private bool _isPartial;

    private BatchReceipt(BatchFile file) => _file = file;

    /// <summary>The name of the connection that the batch was started with.</summary>
    public string Connection => _file.State.Connection;

    /// <summary>The command that would ask for the same live.</summary>
    public string Command => _file.State.Command;

    /// <summary>The parameters that shape the answers, as a checkpoint keeps them.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => Plain(_file.State.Parameters) ?? new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What becomes of the answers, as it was asked for at the start; null for nothing.</summary>
    public IReadOnlyDictionary<string, object?>? Output => Plain(_file.State.Output);

    /// <summary>How many requests there are.</summary>
    public int Count => _file.State.Requests;

    /// <summary>Whether the results are here.</summary>
    public bool IsPrepared => _results is not null;

    /// <summary>Whether what the requests were made from is on this machine.</summary>
    public bool HasInputs => System.IO.File.Exists(_file.InputsPath);

    /// <summary>How many requests were passed over, since their part of the batch is not done.</summary>
    public int Pending { get; private set; }

    /// <summary>Opens a batch.</summary>
    /// <param name="path">The full path of the file of its state.</param>
    /// <returns>The batch, which is to be prepared next.</returns>
    /// <exception cref="ChatServiceException">There is none, it cannot be read, or another command is at work on it.</exception>
    public static BatchReceipt Open(string path) => new(BatchFile.Open(path));

    /// <summary>Looks at the batch, or waits for it, and fetches the results of what has ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="waits">Whether to wait until the service is done.</param>
    /// <param name="isPartial">Whether parts that are not done may be passed over.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When the results are on the disk.</returns>
    /// <exception cref="ChatServiceException">The batch is not done, or its results cannot be had.</exception>
    public async Task PrepareAsync(ServiceConnection connection, CallSettings settings, bool waits, bool isPartial, CancellationToken cancellationToken)
    {
        BatchState state = _file.State;
        IBatchEngine engine = connection.Require<IBatchEngine>("batches");
        _file.Require(connection);
        BatchRun run = new(_file, connection, engine, settings, TimeProvider.System);
        if (waits)
        {
            await run.WaitAsync(cancellationToken);
        }
        else if (state.Parts.Exists(part => part.IsUnderWay || part.LacksResults))
        {
            await run.LookAsync(cancellationToken);
        }

        _isPartial = isPartial;
        if (!isPartial && run.Batch is { IsDone: false } batch)
        {
            throw NotDone(batch);
        }

        _received = ReceivedResults.Open(_file);
        _results = await BatchResults.ReceiveAsync(_file, connection, engine, settings, cancellationToken);
        _reader = new BatchReader(connection, state, settings);
        Tell(_results, settings.Warning);
    }

    /// <summary>Gives the numbers of the requests.</summary>
    /// <param name="asTheyLie">Whether in the order of the results; else in that of the input.</param>
    /// <returns>Each number once, from 1.</returns>
    public IEnumerable<int> Numbers(bool asTheyLie) => _results is { } results ? results.Numbers(asTheyLie) : Enumerable.Range(1, Count);

    /// <summary>Reads what a request was made from.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>The item as plain dictionaries, lists and values, and its place in the pipeline, from 0.</returns>
    /// <exception cref="ChatServiceException">The folder of the batch cannot be read.</exception>
    public (object? Item, int Index) ReadInput(int number)
    {
        lock (_reading)
        {
            BatchInput? input = _results!.ReadInput(number);
            return (input?.Input is { } json && PlainJsonReader.TryRead(json, out object? plain, out _) ? plain : null, input?.Index ?? number - 1);
        }
    }

    /// <summary>Reads what came of a request.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="item">The item that the object carries as its input.</param>
    /// <param name="form">The form that the answer must have; null for any.</param>
    /// <param name="checkpoint">Keeps the answer, as it keeps those of a live run; null for none.</param>
    /// <returns>The object of a live call; null where there is nothing yet and parts that are not done are passed over.</returns>
    /// <exception cref="ChatServiceException">There is no answer, and it says why; or the answer cannot be kept.</exception>
    public async Task<object?> ReadAsync(int number, object? item, OutputFormat? form, Checkpoint? checkpoint)
    {
        CheckpointSlot? slot = null;
        (object Answer, CheckpointRecord Record) read;
        lock (_reading)
        {
            BatchOutcome outcome = _results!.Read(number);
            if (_isPartial && outcome is { Result: null, IsDamaged: false } && outcome.Part is null or { IsDone: false })
            {
                Pending++;
                return null;
            }

            bool counts = outcome.Result is { NotRun: null } && _received!.Take(number, outcome.Part!.Number);
            read = _reader!.Read(outcome, _results.ReadInput(number), item, form, counts);
            if (checkpoint is not null && BatchRequestId.TryParse(outcome.Result!.Id, out BatchRequestId id))
            {
                slot = checkpoint.Claim(id.Key, id.Occurrence);
            }
        }

        if (slot is { IsStored: false })
        {
            await slot.SaveAsync(read.Record);
        }

        return read.Answer;
    }

    /// <summary>Closes the files, and lets others drive the batch.</summary>
    public void Dispose()
    {
        lock (_reading)
        {
            _results?.Dispose();
            _received?.Dispose();
            _file.Dispose();
        }
    }

    private static IReadOnlyDictionary<string, object?>? Plain(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Object } members ? (IReadOnlyDictionary<string, object?>)PlainJsonReader.From(members)! : null;

    private ChatServiceException NotDone(ChatBatch batch)
    {
        if (batch.Status == ChatBatchStatus.Writing)
        {
            return Failures.Invalid($"The batch '{_file.Path}' was broken off while it was written; nothing of it was sent.", "Run the command that began it again, with the same input.");
        }

        int done = _file.State.Parts.Count(part => part.IsDone);
        bool isStarted = _file.State.Parts.TrueForAll(part => part.IsDone || part.JobId is not null);
        return Failures.Invalid(
            FormattableString.Invariant($"The batch '{_file.Path}' is not done: {done} of {_file.State.Parts.Count} {(_file.State.Parts.Count == 1 ? "part is" : "parts are")}."),
            isStarted ? "Wait for it with -Wait; or take what is there with -Partial." : "Wait-ChatBatch starts what waits; or take what is there with -Partial.");
    }

    private static void Tell(BatchResults results, Action<string>? warn)
    {
        if (results.Damaged > 0)
        {
            warn?.Invoke($"{Counted.Of(results.Damaged, "line")} of results cannot be read. What they were about is an error each.");
        }

        if (results.Foreign > 0)
        {
            warn?.Invoke($"{Counted.Of(results.Foreign, "result")} belong to no request of this batch, or to another than their ids say, and are passed over.");
        }

        if (results.DamagedInputs > 0)
        {
            warn?.Invoke($"{Counted.Of(results.DamagedInputs, "line")} of inputs.jsonl cannot be read: answers come without what they were asked about.");
        }

        if (results.Repeated > 0)
        {
            warn?.Invoke($"{Counted.Of(results.Repeated, "result")} came more than once; the first of each counts.");
        }
    }
}
