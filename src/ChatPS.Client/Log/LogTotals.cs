using System.Globalization;

namespace ChatPS.Client.Log;

/// <summary>Adds up the calls of logs.</summary>
/// <param name="by">By what: Day, Model, User or Connection.</param>
public sealed class LogTotals(string by)
{
    private readonly Dictionary<string, Total> _totals = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The totals, by name.</summary>
    public IReadOnlyList<ChatLogTotal> All =>
        [.. _totals.OrderBy(total => total.Key, StringComparer.OrdinalIgnoreCase).Select(total => total.Value.Describe(by, total.Key))];

    /// <summary>Adds a call.</summary>
    /// <param name="entry">The call.</param>
    public void Add(ChatLogEntry entry)
    {
        string name = by.ToUpperInvariant() switch
        {
            "DAY" => entry.Time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "MODEL" => entry.Model ?? entry.RequestedModel ?? "",
            "USER" => entry.User,
            _ => entry.Connection,
        };
        if (!_totals.TryGetValue(name, out Total? total))
        {
            _totals[name] = total = new Total(entry.Time);
        }

        total.Add(entry);
    }

    private sealed class Total(DateTimeOffset time)
    {
        private DateTimeOffset _first = time;
        private DateTimeOffset _last = time;
        private long _requests;
        private long _failures;
        private long _input;
        private long _output;
        private long _tokens;
        private long _unpriced;
        private decimal? _cost;

        public void Add(ChatLogEntry entry)
        {
            _first = entry.Time < _first ? entry.Time : _first;
            _last = entry.Time > _last ? entry.Time : _last;
            _requests++;
            _failures += entry.Outcome == "Failed" ? 1 : 0;
            _input += entry.InputTokens ?? 0;
            _output += entry.OutputTokens ?? 0;
            _tokens += entry.TotalTokens ?? 0;
            _cost = entry.Cost is { } cost ? (_cost ?? 0) + cost : _cost;
            _unpriced += entry is { Cost: null, Outcome: "Success" } && (entry.Model ?? entry.RequestedModel) is not null ? 1 : 0;
        }

        public ChatLogTotal Describe(string by, string name) => new()
        {
            By = by,
            Name = name,
            Requests = _requests,
            Failures = _failures,
            InputTokens = _input,
            OutputTokens = _output,
            TotalTokens = _tokens,
            Cost = _cost,
            Unpriced = _unpriced,
            First = _first,
            Last = _last,
        };
    }
}
