namespace ChatPS.Client.Usage;

/// <summary>What all calls came to, by connection and model. Every call is entered once, when it ends. Safe for many threads.</summary>
public sealed class UsageLedger
{
    private readonly object _lock = new();
    private readonly Dictionary<(string Connection, string Model), Entry> _entries = [];

    /// <summary>Tells the totals.</summary>
    /// <param name="isWanted">Chooses by the names of connection and model.</param>
    /// <param name="prices">The prices to calculate the cost from; null for the costs that were known when the calls ended.</param>
    /// <returns>The totals, sorted by connection and model.</returns>
    public IReadOnlyList<ChatUsageTotal> Read(Func<string, string, bool> isWanted, PriceTable? prices = null)
    {
        lock (_lock)
        {
            return
            [
                .. _entries.Values.Where(entry => isWanted(entry.Connection, entry.Model))
                    .OrderBy(entry => entry.Connection, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(entry => entry.Model, StringComparer.Ordinal)
                    .Select(entry => entry.ToTotal(prices)),
            ];
        }
    }

    /// <summary>Forgets one total.</summary>
    /// <param name="total">The total, as read.</param>
    public void Remove(ChatUsageTotal total)
    {
        lock (_lock)
        {
            _entries.Remove(Key(total.Connection, total.Model));
        }
    }

    internal void Record(in FinishedCall call)
    {
        string model = call.AnsweredModel ?? call.Model ?? "";
        (string, string) key = Key(call.Connection, model);
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out Entry? entry))
            {
                _entries[key] = entry = new Entry(call.Connection, model, call.Model, call.At);
            }

            entry.Add(call);
        }
    }

    private static (string Connection, string Model) Key(string connection, string model) => (connection.ToUpperInvariant(), model);

    private sealed class Entry(string connection, string model, string? requestedModel, DateTimeOffset firstUsed)
    {
        private DateTimeOffset _lastUsed;
        private long _requests;
        private long _succeeded;
        private long _failures;
        private long _retries;
        private TimeSpan _waited;
        private long _input;
        private long _cached;
        private long _output;
        private long _reasoning;
        private long _total;
        private long _batchInput;
        private long _batchCached;
        private long _batchOutput;
        private long _batchSucceeded;
        private decimal? _cost;
        private long _unpriced;
        private long _uncounted;

        public string Connection { get; } = connection;

        public string Model { get; } = model;

        public void Add(in FinishedCall call)
        {
            _lastUsed = call.At;
            _requests++;
            _retries += Math.Max(0, call.Attempts - 1);
            _waited += call.Waited;
            if (call.HasSucceeded)
            {
                _succeeded++;
            }
            else if (!call.WasCancelled)
            {
                _failures++;
            }

            if (call.Usage is { } usage)
            {
                _input += usage.InputTokens;
                _cached += usage.CachedTokens;
                _output += usage.OutputTokens;
                _reasoning += usage.ReasoningTokens;
                _total += usage.TotalTokens;
            }

            if (call.IsBatch)
            {
                _batchSucceeded += call.HasSucceeded ? 1 : 0;
                _batchInput += call.Usage?.InputTokens ?? 0;
                _batchCached += call.Usage?.CachedTokens ?? 0;
                _batchOutput += call.Usage?.OutputTokens ?? 0;
            }

            if (call.Cost is { } cost)
            {
                _cost = (_cost ?? 0) + cost;
            }
            else if (call.HasSucceeded && Model.Length > 0)
            {
                _unpriced++;
            }

            if (call.HasSucceeded && call.Usage is null && Model.Length > 0)
            {
                _uncounted++;
            }
        }

        public ChatUsageTotal ToTotal(PriceTable? prices)
        {
            decimal? cost = prices is null ? _cost : CostAt(prices, Model) ?? CostAt(prices, requestedModel);
            long unpriced = prices is null ? _unpriced : Model.Length == 0 ? 0 : cost is null ? _succeeded : prices.IsFlat(Model) || prices.IsFlat(requestedModel) ? 0 : _uncounted;
            return new ChatUsageTotal
            {
                Connection = Connection,
                Model = Model,
                Requests = _requests,
                Succeeded = _succeeded,
                Failures = _failures,
                Retries = _retries,
                WaitTime = _waited,
                InputTokens = _input,
                CachedTokens = _cached,
                OutputTokens = _output,
                ReasoningTokens = _reasoning,
                TotalTokens = _total,
                Cost = cost,
                Unpriced = unpriced,
                FirstUsed = firstUsed,
                LastUsed = _lastUsed,
            };
        }

        private decimal? CostAt(PriceTable prices, string? priced) =>
            prices.Cost(priced, _input - _batchInput, _cached - _batchCached, _output - _batchOutput, _succeeded - _batchSucceeded)
            + (_batchSucceeded == 0 ? 0 : prices.ForBatch().Cost(priced, _batchInput, _batchCached, _batchOutput, _batchSucceeded));
    }
}
