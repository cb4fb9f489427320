using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Completions;

/// <summary>An answer that a checkpoint holds.</summary>
internal sealed class CheckpointOrigin(CheckpointRecord record, ConnectionSettings connection, CallSettings settings) : IAnswerOrigin
{
    public string ConnectionName => record.Connection ?? connection.Name;

    public Secrets Secrets { get; } = new(connection, settings);

    public string? RequestId => record.RequestId;

    public TimeSpan Elapsed => record.Elapsed;

    public DateTimeOffset At => record.At;

    private PriceTable? Prices => connection.PricesFor(record.IsBatch ? settings with { IsBatch = true } : settings);

    /// <summary>Gets the origin of one of several answers that were kept together: what they cost together is no part's cost.</summary>
    public CheckpointOrigin OfPart() => new(record with { Cost = null }, connection, settings);

    // That was then.
    public void Note(ChatQuota? quota)
    {
    }

    // Without usage, what is stored is what was counted against a budget, not what the answer cost.
    public decimal? Succeed(string? model, ChatUsage? usage = null)
    {
        PriceTable? prices = Prices;
        return usage is null ? null : prices?.Cost(model, usage) ?? prices?.Cost(record.RequestedModel, usage) ?? record.Cost;
    }

    public decimal? Succeed(string? model, ChatUsage? usage, IReadOnlyDictionary<string, decimal> units)
    {
        PriceTable? prices = Prices;
        return prices?.Cost(model, usage, units) ?? prices?.Cost(record.RequestedModel, usage, units) ?? record.Cost;
    }
}
