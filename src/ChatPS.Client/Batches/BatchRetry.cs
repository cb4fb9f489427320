using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Batches;

/// <summary>
/// Puts what has no answer into new parts: what expired, was stopped, was never run, or failed in a way that may pass. The lines are
/// those of the first time, with their ids. What is wrong with a request itself is not asked again.
/// </summary>
/// <param name="file">The batch, none of whose answers are still at the service alone.</param>
/// <param name="connection">The connection.</param>
/// <param name="engine">How the service wants requests.</param>
internal sealed class BatchRetry(BatchFile file, ServiceConnection connection, IBatchEngine engine)
{
    private readonly BatchLimits _limits = engine.Limits(file.State.For);

    // How many requests of a part are not asked again, by its number.
    private readonly Dictionary<int, int> _left = [];

    /// <summary>Gets how many requests are asked again.</summary>
    public int Requests { get; private set; }

    /// <summary>Gets how many failed in a way that does not pass.</summary>
    public int Hopeless { get; private set; }

    /// <summary>Gets why requests are not asked again whose answers may lie at the service; null where there are none.</summary>
    public ChatServiceException? Withheld { get; private set; }

    /// <summary>Writes the new parts. They are to be started like any other.</summary>
    /// <param name="results">The results.</param>
    /// <param name="read">Reads an answer, and gives the failure of one that is of no use; null for none.</param>
    /// <exception cref="ChatServiceException">The requests are not in the folder of the batch, or it cannot be written.</exception>
    public void Add(BatchResults results, Func<BatchOutcome, ChatServiceException?> read)
    {
        bool[] isWanted = new bool[results.Count + 1];
        for (int number = 1; number <= results.Count; number++)
        {
            isWanted[number] = IsWanted(results.Read(number), results, read);
        }

        if (Requests == 0)
        {
            return;
        }

        List<BatchPart> parts = [];
        file.Guard(() => parts = Write(isWanted));
        int found = parts.Sum(part => part.Requests);
        if (found < Requests)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"{Requests} requests of the batch '{file.Path}' are to be asked again, and {Requests - found} of them are not in '{file.Folder}'."),
                "Ask again on the machine where the batch was written, or bring the folder along.");
        }

        file.Change(() =>
        {
            foreach (BatchPart part in file.State.Parts.Where(part => part.IsDone))
            {
                part.Left = _left.TryGetValue(part.Number, out int left) ? left : 0;
            }

            file.State.Parts.AddRange(parts);
        });
    }

    private bool IsWanted(BatchOutcome outcome, BatchResults results, Func<BatchOutcome, ChatServiceException?> read)
    {
        BatchPart? last = results.PartOf(outcome.Number);
        ChatServiceException? unusable = outcome.IsAnswer ? read(outcome) : null;
        if ((outcome.IsAnswer && unusable is null) || last is { IsDone: false })
        {
            return false;
        }

        // What it may have been answered with has been paid for.
        if (results.TroubleOf(last) is { StatusCode: not 404 } trouble)
        {
            Withheld = trouble;
            return false;
        }

        using CallContext call = new(connection.Settings, CallSettings.None, TimeProvider.System, CancellationToken.None, CancellationToken.None);
        bool mayGoBetter = unusable is null ? BatchFailure.MayGoBetter(outcome, call) : BatchFailure.MayGoBetter(unusable);
        Requests += mayGoBetter ? 1 : 0;
        Hopeless += mayGoBetter ? 0 : 1;
        if (!mayGoBetter && last is not null)
        {
            _left[last.Number] = _left.TryGetValue(last.Number, out int left) ? left + 1 : 1;
        }

        return mayGoBetter;
    }

    private List<BatchPart> Write(bool[] isWanted)
    {
        List<BatchPart> parts = [];
        Dictionary<string, (BatchPart Part, FileStream Content)> open = new(StringComparer.Ordinal);
        try
        {
            foreach (BatchPart source in file.State.Parts)
            {
                BatchLines.Each(file.PartPath(source.Number), engine, file.State, (reader, id) =>
                {
                    if (!isWanted[id.Number])
                    {
                        return;
                    }

                    isWanted[id.Number] = false;
                    (BatchPart part, FileStream content) = PartFor(source.Model, reader.Line.Count + 1, parts, open);
                    content.Write(reader.Line.Array!, reader.Line.Offset, reader.Line.Count);
                    content.WriteByte((byte)'\n');
                    part.Requests++;
                    part.Bytes += reader.Line.Count + 1;
                    part.Tokens += source.Bytes > 0 ? source.Tokens * (reader.Line.Count + 1) / source.Bytes : TokenEstimate.FromBytes(reader.Line.Count);
                });
            }

            foreach ((BatchPart _, FileStream content) in open.Values)
            {
                content.Flush(flushToDisk: true);
            }
        }
        finally
        {
            foreach ((BatchPart _, FileStream content) in open.Values)
            {
                content.Dispose();
            }
        }

        return parts;
    }

    // What a broken-off retry has left there is written over: the state does not know of it.
    private (BatchPart Part, FileStream Content) PartFor(string model, int bytes, List<BatchPart> parts, Dictionary<string, (BatchPart Part, FileStream Content)> open)
    {
        if (open.TryGetValue(model, out (BatchPart Part, FileStream Content) last))
        {
            if (last.Part.Requests < _limits.Requests && last.Part.Bytes + bytes <= _limits.Bytes)
            {
                return last;
            }

            last.Content.Flush(flushToDisk: true);
            last.Content.Dispose();
        }

        int number = file.State.Parts.Count + parts.Count + 1;
        BatchPart part = new() { Number = number, Name = FormattableString.Invariant($"chatps-{file.State.Id}-{number:0000}"), Model = model, IsRetry = true };
        parts.Add(part);
        return open[model] = (part, new FileStream(file.PartPath(number), FileMode.Create, FileAccess.Write, FileShare.Read));
    }
}
