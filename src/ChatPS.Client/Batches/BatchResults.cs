using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Batches;

/// <summary>
/// The results of a batch: fetched once into its folder, and read by the numbers of the requests, whatever order the service gives
/// them in. No result is in memory but the one that is looked at.
/// </summary>
internal sealed class BatchResults : IDisposable
{
    private readonly BatchFile _file;
    private readonly IBatchEngine _engine;
    private readonly LineIndex _results;
    private readonly LineIndex _inputs;

    // The part whose result counts, and the last part that a request is in; 0 for none.
    private readonly ushort[] _answered;
    private ushort[]? _asked;

    private BatchResults(BatchFile file, IBatchEngine engine)
    {
        _file = file;
        _engine = engine;
        Count = file.State.Requests;
        _results = new LineIndex(Count);
        _inputs = new LineIndex(Count);
        _answered = new ushort[Count];
    }

    /// <summary>Gets how many requests there are.</summary>
    public int Count { get; }

    /// <summary>Gets how many lines of results could not be read.</summary>
    public int Damaged { get; private set; }

    /// <summary>Gets how many results belong to no request of this batch.</summary>
    public int Foreign { get; private set; }

    /// <summary>Gets how many results came again in the same part.</summary>
    public int Repeated { get; private set; }

    /// <summary>Fetches the results of all parts that have ended. What is there already is not fetched again.</summary>
    /// <param name="file">The batch.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="engine">How results are fetched.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When they are on the disk.</returns>
    /// <exception cref="ChatServiceException">They cannot be had, or not be written.</exception>
    public static async Task FetchAsync(BatchFile file, ServiceConnection connection, IBatchEngine engine, CallSettings settings, CancellationToken cancellationToken)
    {
        foreach (BatchPart part in file.State.Parts.Where(part => part is { IsDone: true, JobId: not null }))
        {
            BatchJob job = new(part.JobId!, part.Status) { Results = part.Results, Total = part.Requests, Completed = part.Completed, Failed = part.Failed, Name = part.Name, Model = part.Model, Raw = part.Raw };
            for (int place = 1; place <= part.Results.Count; place++)
            {
                string path = file.ResultPath(part.Number, place);
                if (!File.Exists(path))
                {
                    await FetchAsync(file, path, target => engine.DownloadAsync(connection, job, part.Results[place - 1], target, settings, cancellationToken));
                }
            }
        }
    }

    /// <summary>Finds out where each result lies.</summary>
    /// <param name="file">The batch, whose results have been fetched.</param>
    /// <param name="engine">How results are read.</param>
    /// <returns>The results.</returns>
    /// <exception cref="ChatServiceException">They cannot be read.</exception>
    public static BatchResults Open(BatchFile file, IBatchEngine engine)
    {
        BatchResults results = new(file, engine);
        try
        {
            file.Guard(() =>
            {
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
            return new BatchOutcome(number, Result: null, PartOf(number));
        }

        BatchPart part = _file.State.Parts[_answered[number - 1] - 1];
        BatchResult? result = Understand(() => _engine.Read(line));
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
        return line is null ? null : Understand(() => BatchInputReader.Read(line));
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
    public BatchPart? PartOf(int number)
    {
        if (_asked is null)
        {
            _asked = new ushort[Count];
            foreach (BatchPart part in _file.State.Parts)
            {
                Each(_file.PartPath(part.Number), (_, id) => _asked[id.Number - 1] = checked((ushort)part.Number));
            }
        }

        return _asked[number - 1] is > 0 and var known ? _file.State.Parts[known - 1]
            : _file.State.Parts is [var only] ? only
            : null;
    }

    /// <summary>Goes through the lines of a file that belong to requests of this batch.</summary>
    /// <param name="path">The full path; where there is no file, there are no lines.</param>
    /// <param name="take">Takes each line, which is valid until the next one.</param>
    /// <param name="other">Hears of lines that belong to none, with their ids where they have one; null for nobody.</param>
    public void Each(string path, Action<LineReader, BatchRequestId> take, Action<string?>? other = null)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        LineReader reader = new(stream);
        while (reader.Read())
        {
            if (reader.Line.Count == 0 || (reader.Line.Count == 1 && reader.Line.Array![reader.Line.Offset] == '\r'))
            {
                continue;
            }

            string? text = Understand(() => _engine.ReadId(reader.Line));
            if (BatchRequestId.TryParse(text, out BatchRequestId id) && id.Batch == _file.State.Id && id.Number <= Count)
            {
                take(reader, id);
            }
            else
            {
                other?.Invoke(text);
            }
        }
    }

    private static async Task FetchAsync(BatchFile file, string path, Func<Stream, Task> fetch)
    {
        UnfinishedFile? results = null;
        file.Guard(() =>
        {
            file.Ready();
            UnfinishedFile.RemoveAbandoned(path);
            results = new UnfinishedFile(path);
        });
        using UnfinishedFile target = results!;
        await fetch(target.Content);
        file.Guard(() =>
        {
            target.Content.Flush(flushToDisk: true);
            target.Complete(path, replaces: true);
        });
    }

    // Of one part the first result of a request counts, of several parts the last.
    private void Index(BatchPart part, string path)
    {
        ushort source = _results.Add(path);
        Each(path, (reader, id) =>
        {
            if (_answered[id.Number - 1] == part.Number)
            {
                Repeated++;
                return;
            }

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
        using FileStream stream = new(_file.InputsPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        LineReader reader = new(stream);
        while (reader.Read())
        {
            if (BatchInputReader.NumberOf(reader.Line) is { } number && number <= Count)
            {
                _inputs.Set(number, source, reader.Offset, reader.Line.Count);
            }
        }
    }

    private static T? Understand<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
