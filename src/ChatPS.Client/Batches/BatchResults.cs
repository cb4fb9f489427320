using System.Runtime.InteropServices;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>
/// The results of a batch: fetched into its folder, and read by the numbers of the requests, whatever order the service gives
/// them in. No result is in memory but the one that is looked at.
/// </summary>
internal sealed class BatchResults : IDisposable
{
    private readonly BatchFile _file;
    private readonly IBatchEngine _engine;
    private readonly IReadOnlyDictionary<int, ChatServiceException> _troubles;
    private readonly LineIndex _results;
    private readonly LineIndex _inputs;

    // The part whose result counts, and the last part that a request is in; 0 for none.
    private readonly ushort[] _answered;
    private readonly AskedRequest[] _asked;

    // How many requests the files of each part tell of.
    private readonly int[] _found;

    private BatchResults(BatchFile file, IBatchEngine engine, IReadOnlyDictionary<int, ChatServiceException> troubles)
    {
        _file = file;
        _troubles = troubles;
        _found = new int[file.State.Parts.Count];
        _engine = engine;
        Count = file.State.Requests;
        _results = new LineIndex(Count);
        _inputs = new LineIndex(Count);
        _answered = new ushort[Count];
        _asked = new AskedRequest[Count];
    }

    /// <summary>Gets how many requests there are.</summary>
    public int Count { get; }

    /// <summary>Gets how many lines of results could not be read.</summary>
    public int Damaged { get; private set; }

    /// <summary>Gets how many results belong to no request of this batch, or to another than they say.</summary>
    public int Foreign { get; private set; }

    /// <summary>Gets how many results came again in the same part.</summary>
    public int Repeated { get; private set; }

    /// <summary>Gets how many lines of the inputs could not be read.</summary>
    public int DamagedInputs { get; private set; }

    /// <summary>
    /// Fetches the results of all parts that have ended, and finds out where each lies. What is there already is not fetched again, unless
    /// it tells of fewer requests than have ended: the service may have given half of it.
    /// </summary>
    /// <param name="file">The batch.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="engine">How results are fetched and read.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The results that are on the disk then.</returns>
    /// <exception cref="ChatServiceException">The service cannot be reached, or the files cannot be read or written.</exception>
    public static async Task<BatchResults> ReceiveAsync(BatchFile file, ServiceConnection connection, IBatchEngine engine, CallSettings settings, CancellationToken cancellationToken)
    {
        BatchFetch fetch = new(file, connection, engine, settings);
        await fetch.FetchAsync(cancellationToken);
        BatchResults results = Open(file, engine, fetch.Troubles);
        BatchPart[] incomplete = [.. file.State.Parts.Where(results.IsIncomplete)];
        if (incomplete.Length > 0)
        {
            results.Dispose();
            foreach (BatchPart part in incomplete)
            {
                await fetch.FetchAgainAsync(part, cancellationToken);
            }

            results = Open(file, engine, fetch.Troubles);
        }

        foreach (BatchPart part in file.State.Parts.Where(part => results._found[part.Number - 1] == 0 && results.IsIncomplete(part) && BatchFetch.Told(part) > 0))
        {
            fetch.Troubles[part.Number] = BatchFetch.Refusal(part);
        }

        return results;
    }

    /// <summary>Finds out where each result lies.</summary>
    /// <param name="file">The batch, whose results have been fetched.</param>
    /// <param name="engine">How results are read.</param>
    /// <param name="troubles">Why the results of parts are not to be had.</param>
    /// <returns>The results.</returns>
    /// <exception cref="ChatServiceException">They cannot be read.</exception>
    private static BatchResults Open(BatchFile file, IBatchEngine engine, IReadOnlyDictionary<int, ChatServiceException> troubles)
    {
        BatchResults results = new(file, engine, troubles);
        try
        {
            file.Guard(() =>
            {
                results.IndexRequests();
                foreach (BatchPart part in file.State.Parts)
                {
                    for (int place = 1; place <= part.Results.Count && part.IsDone; place++)
                    {
                        results.Index(part, file.ResultPath(part.Number, place));
                    }
                }

                results.IndexInputs();
            });
            return results;
        }
        catch
        {
            results.Dispose();
            throw;
        }
    }

    /// <summary>Gives the numbers of the requests in an order.</summary>
    /// <param name="asTheyLie">Whether in that in which the results lie on the disk; else in that of the requests.</param>
    /// <returns>Each number once, from 1.</returns>
    public IEnumerable<int> Numbers(bool asTheyLie) => asTheyLie ? _results.AsTheyLie() : Enumerable.Range(1, Count);

    /// <summary>Reads what came of a request.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ChatServiceException">The file cannot be read.</exception>
    public BatchOutcome Read(int number)
    {
        byte[]? line = null;
        _file.Guard(() => line = _results.Read(number));
        if (line is null)
        {
            BatchPart? last = PartOf(number);
            return new BatchOutcome(number, Result: null, last) { Trouble = TroubleOf(last) };
        }

        BatchPart part = _file.State.Parts[_answered[number - 1] - 1];
        BatchResult? result = BatchLines.Understand(() => _engine.Read(line));
        return new BatchOutcome(number, result, part) { IsDamaged = result is null };
    }

    /// <summary>Reads what a request was made from.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>The line; null where the folder of the batch has none.</returns>
    /// <exception cref="ChatServiceException">The file cannot be read.</exception>
    public BatchInput? ReadInput(int number)
    {
        byte[]? line = null;
        _file.Guard(() => line = _inputs.Read(number));
        return line is null ? null : BatchLines.Understand(() => BatchInputReader.Read(line));
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        _results.Dispose();
        _inputs.Dispose();
    }

    /// <summary>Finds the part that a request was last in, by the requests that lie in the folder.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>The part; null where the folder does not tell.</returns>
    public BatchPart? PartOf(int number) => _asked[number - 1].Part is > 0 and var known ? _file.State.Parts[known - 1]
        : _file.State.Parts is [var only] ? only
        : null;

    /// <summary>Tells why the results of a part are not to be had.</summary>
    /// <param name="part">The part; null for none that is known.</param>
    /// <returns>Why; null where they are here, or are not to be had yet.</returns>
    public ChatServiceException? TroubleOf(BatchPart? part) => part is not null && _troubles.TryGetValue(part.Number, out ChatServiceException? trouble) ? trouble : null;

    private bool IsIncomplete(BatchPart part) => part is { IsDone: true, JobId: not null, Results.Count: > 0 } && !_troubles.ContainsKey(part.Number)
        && _found[part.Number - 1] < (part.Status == ChatBatchStatus.Completed ? part.Requests : BatchFetch.Told(part));

    // A later part that has the request again has it with the same id.
    private void IndexRequests()
    {
        foreach (BatchPart part in _file.State.Parts)
        {
            BatchLines.Each(_file.PartPath(part.Number), _engine, _file.State, (_, id) => _asked[id.Number - 1] = new AskedRequest(checked((ushort)part.Number), id.Occurrence, id.Key));
        }
    }

    // What was asked is known here, where the folder has it. A service that mixes up the ids would enter answers for other questions.
    private bool IsOurs(BatchRequestId id) => _asked[id.Number - 1] is var asked && (asked.Part == 0 || (asked.Key == id.Key && asked.Occurrence == id.Occurrence));

    // Of one part the first result of a request counts, of several parts the last.
    private void Index(BatchPart part, string path)
    {
        ushort source = _results.Add(path);
        BatchLines.Each(path, _engine, _file.State, (reader, id) =>
        {
            if (!IsOurs(id))
            {
                Foreign++;
                return;
            }

            if (_answered[id.Number - 1] == part.Number)
            {
                Repeated++;
                return;
            }

            _found[part.Number - 1]++;
            _answered[id.Number - 1] = checked((ushort)part.Number);
            _results.Set(id.Number, source, reader.Offset, reader.Line.Count);
        }, other => _ = other is null ? Damaged++ : Foreign++);
    }

    private void IndexInputs()
    {
        if (!File.Exists(_file.InputsPath))
        {
            return;
        }

        ushort source = _inputs.Add(_file.InputsPath);
        using FileStream stream = BatchLines.Open(_file.InputsPath);
        LineReader reader = new(stream);
        while (reader.Read())
        {
            if (!reader.IsTooLong && BatchInputReader.NumberOf(reader.Line) is { } number && number <= Count)
            {
                _inputs.Set(number, source, reader.Offset, reader.Line.Count);
            }
            else
            {
                DamagedInputs++;
            }
        }
    }

    // Small: there is one for each request.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct AskedRequest(ushort Part, int Occurrence, RequestKey Key);
}
