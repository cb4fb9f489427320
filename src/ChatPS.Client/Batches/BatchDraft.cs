using ChatPS.Client.Checkpoints;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>Writes the requests of a batch to the disk as they come, in parts that the service takes. Nothing is kept in memory but the keys.</summary>
/// <param name="file">The batch, which has no parts yet.</param>
/// <param name="engine">How the service wants them.</param>
/// <param name="mostRequests">The most requests of a part; null for what the service takes.</param>
/// <param name="mostTokens">The most tokens of a part, by estimate; null for any number.</param>
internal sealed class BatchDraft(BatchFile file, IBatchEngine engine, int? mostRequests, long? mostTokens) : IDisposable
{
    private readonly BatchLimits _limits = engine.Limits(file.State.For);
    private readonly Dictionary<string, OpenPart> _open = new(StringComparer.Ordinal);
    private readonly MemoryStream _line = new();
    private Stream? _inputs;
    private ChatServiceException? _failure;

    /// <summary>Adds a request.</summary>
    /// <param name="model">The model.</param>
    /// <param name="body">The request as it would be sent live, as JSON in UTF-8.</param>
    /// <param name="key">What is asked.</param>
    /// <param name="occurrence">Which of the identical requests it is, from 1.</param>
    /// <param name="tokens">About how many tokens it has.</param>
    /// <param name="input">What it was made from; its number is set here.</param>
    /// <exception cref="ChatServiceException">It is larger than a part may be, or the files cannot be written.</exception>
    public void Add(string model, ArraySegment<byte> body, RequestKey key, int occurrence, long tokens, BatchInput input)
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        BatchState state = file.State;
        int number = state.Requests + 1;
        _line.SetLength(0);
        engine.Write(_line, new BatchRequestId(state.Id, number, key, occurrence).ToString(), state.For, model, body);
        if (_line.Length > _limits.Bytes)
        {
            throw Failures.Invalid(FormattableString.Invariant($"The request has {_line.Length:N0} bytes; the service takes {_limits.Bytes:N0} in a batch."), "Shorten it, or ask for it without a batch.");
        }

        try
        {
            file.Guard(() =>
            {
                OpenPart part = PartFor(model, tokens);
                _line.WriteTo(part.Content);
                part.Part.Requests++;
                part.Part.Bytes += _line.Length;
                part.Part.Tokens += tokens;
                _inputs ??= file.Begin(file.InputsPath);
                (input with { Number = number }).Write(_inputs);
            });
        }
        catch (ChatServiceException failure)
        {
            // Half a line may lie there: what followed it would be lost, or be asked twice.
            _failure = failure;
            throw;
        }

        state.Requests = number;
    }

    /// <summary>Ends the writing: from now on the batch can be sent.</summary>
    /// <param name="digest">What tells its requests from those of another batch.</param>
    /// <exception cref="ChatServiceException">The files cannot be written.</exception>
    public void Complete(string digest)
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        file.Guard(() =>
        {
            Flush(_inputs);
            foreach (OpenPart part in _open.Values)
            {
                Flush(part.Content);
            }
        });
        Dispose();
        file.Finish(digest);
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (OpenPart part in _open.Values)
        {
            part.Content.Dispose();
        }

        _open.Clear();
        _inputs?.Dispose();
        _line.Dispose();
    }

    private OpenPart PartFor(string model, long tokens)
    {
        if (_open.TryGetValue(model, out OpenPart? open))
        {
            BatchPart part = open.Part;
            if (part.Requests < Math.Min(_limits.Requests, mostRequests ?? int.MaxValue) && part.Bytes + _line.Length <= _limits.Bytes && part.Tokens + tokens <= (mostTokens ?? long.MaxValue))
            {
                return open;
            }

            Flush(open.Content);
            open.Content.Dispose();
        }

        int number = file.State.Parts.Count + 1;
        OpenPart next = new(
            new BatchPart { Number = number, Name = FormattableString.Invariant($"chatps-{file.State.Id}-{number:0000}"), Model = model },
            file.Begin(file.PartPath(number)));
        file.State.Parts.Add(next.Part);
        return _open[model] = next;
    }

    private static void Flush(Stream? content) => (content as FileStream)?.Flush(flushToDisk: true);

    private sealed record OpenPart(BatchPart Part, Stream Content);
}
